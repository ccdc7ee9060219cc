// The relay's native protocol over a WebSocket: comes back by itself, resumes where it was, and says when it is silent.

import { Backoff } from "./backoff.ts";
import type { Control, Frame, Response as BusResponse } from "./contract.ts";
import { Allowed } from "./control.ts";
import { RelayRest } from "./relay-rest.ts";
import { RequestFailure } from "./source.ts";
import type { DownloadSource, Fields, Link, Login, SourceListener, Topic, Verb } from "./source.ts";

const STALE_AFTER = 2.5; // heartbeats without any frame
const WATCH = 250;
const PROBE = 5_000; // for an answer when the page comes back to view
const ANSWER = 30_000;
const ANSWER_TO_ADD = 65_000; // the relay waits a minute: the client may have to fetch something first
const LARGEST_FRAME = 30_000; // of the 32 KB that the relay reads
const LOGIN_NEEDED = 4401;
const SETTLED = 10_000; // a connection that lasted so long does not count as a failed try

/** What of the browser the source uses; tests bring their own. */
export interface Surroundings {
  WebSocket: typeof WebSocket;
  fetch: typeof fetch;
  random: () => number;
}

interface Pending {
  resolve: (data: unknown) => void;
  reject: (failure: RequestFailure) => void;
  timer: ReturnType<typeof setTimeout>;
}

export class RelaySource implements DownloadSource {
  readonly login: Login = {
    login: async (user, password) => this.#again(this.#rest.login(user, password)),
    logout: async () => this.#again(this.#rest.logout()),
  };
  readonly #rest: RelayRest;
  readonly #backoff: Backoff;
  readonly #browser: Surroundings;
  readonly #base: URL;
  readonly #pending = new Map<string, Pending>();
  #listener: SourceListener | null = null;
  #socket: WebSocket | null = null;
  #turn = 0; // which try this is: what an earlier one still says is not heard
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watcher: ReturnType<typeof setInterval> | undefined;
  #heartbeat = 15_000;
  #lastFrame = 0;
  #liveSince = 0;
  #deadline = Infinity; // by when a probe must have been answered
  #place: { epoch: string; seq: number } | null = null;
  #epoch = "";
  #user: string | null = null;
  readonly #allowed = new Allowed();
  #most: Control | null = null; // that any bridge allowed when it was last told
  #control: Control = "off"; // as the relay told it last
  #greeting = false; // whether we asked to be greeted anew
  #asked = 0;
  #link: Link = { phase: "connecting" };

  /** `base` is the page's address: the API lies beside it. */
  constructor(base: string | URL, browser: Partial<Surroundings> = {}) {
    this.#browser = {
      WebSocket: globalThis.WebSocket,
      fetch: (...told) => globalThis.fetch(...told),
      random: Math.random,
      ...browser,
    };
    this.#base = new URL("api/v1/", base);
    this.#rest = new RelayRest(this.#base, this.#browser.fetch);
    this.#backoff = new Backoff(this.#browser.random);
  }

  start(listener: SourceListener): void {
    this.#listener = listener;
    this.#watcher = setInterval(() => this.#watch(), WATCH);
    globalThis.addEventListener?.("online", this.#hurry);
    globalThis.document?.addEventListener("visibilitychange", this.#seen);
    void this.#connect();
  }

  stop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    clearInterval(this.#watcher);
    globalThis.removeEventListener?.("online", this.#hurry);
    globalThis.document?.removeEventListener("visibilitychange", this.#seen);
    this.#drop();
    this.#listener = null;
  }

  retry(): void {
    if (this.#link.phase === "waiting" || this.#link.phase === "login") void this.#connect();
  }

  async request(topic: Topic, verb: Verb, fields: Fields = {}): Promise<unknown> {
    if (this.#link.phase !== "live" || this.#socket === null) {
      throw new RequestFailure("disconnected", "");
    }
    this.#asked += 1;
    const transaction = `${this.#epoch}-${this.#turn}-${this.#asked}-${this.#browser.random().toString(36).slice(2)}`;
    const text = JSON.stringify({ t: "request", topic, verb, transaction, ...fields });
    if (text.length * 3 > LARGEST_FRAME && new TextEncoder().encode(text).length > LARGEST_FRAME) {
      return this.#rest.request(topic, verb, { transaction, ...fields });
    }
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          this.#pending.delete(transaction);
          reject(new RequestFailure("timeout", ""));
        },
        verb === "add" ? ANSWER_TO_ADD : ANSWER,
      );
      this.#pending.set(transaction, { resolve, reject, timer });
      socket.send(text);
    });
  }

  /** As another user: nothing of what the one before saw is kept. */
  async #again(changed: Promise<void>): Promise<void> {
    await changed;
    this.#place = null;
    void this.#connect();
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    this.#drop();
    const turn = ++this.#turn;
    this.#say({ phase: "connecting" });
    const session = await this.#rest.session();
    if (turn !== this.#turn) return;
    if (session.kind === "login") {
      this.#say({ phase: "login", form: session.form });
    } else if (session.kind === "unreachable") {
      this.#later();
    } else {
      this.#user = session.user;
      this.#open(turn);
    }
  }

  #open(turn: number): void {
    const url = new URL("ws", this.#base);
    url.protocol = url.protocol.replace("http", "ws");
    if (this.#place !== null) {
      url.searchParams.set("epoch", this.#place.epoch);
      url.searchParams.set("seq", String(this.#place.seq));
    }
    const socket = new this.#browser.WebSocket(url.href);
    this.#socket = socket;
    this.#lastFrame = Date.now();
    const ours = () => turn === this.#turn && socket === this.#socket;
    socket.onmessage = (message: MessageEvent<string>) => {
      if (ours()) this.#take(JSON.parse(message.data) as Frame);
    };
    socket.onclose = (close: CloseEvent) => {
      if (!ours()) return;
      if (close.code === LOGIN_NEEDED) void this.#connect();
      else this.#later();
    };
  }

  #take(frame: Frame): void {
    const listener = this.#listener;
    if (listener === null) return;
    this.#lastFrame = Date.now();
    this.#deadline = Infinity;
    switch (frame.t) {
      case "hello":
        return this.#greet(frame.epoch, frame.heartbeat, frame.recovered, frame.control);
      case "snapshot":
        this.#at(frame.seq);
        listener.onSnapshot(frame);
        this.#allowed.replace(frame.bridges);
        this.#renew();
        return this.#live();
      case "delta":
        if (frame.prev !== this.#place?.seq) return this.#startOver();
        this.#at(frame.seq);
        listener.onDelta(frame);
        for (const event of frame.events ?? []) listener.onEvent(event);
        this.#allowed.change(frame.bridges);
        return this.#renew();
      case "event":
        this.#at(frame.seq);
        return listener.onEvent(frame);
      case "notification":
        this.#at(frame.seq);
        return listener.onNotice(frame);
      case "heartbeat":
        return listener.onClock(Date.parse(frame.at));
      case "response":
        return this.#answer(frame);
    }
  }

  #greet(epoch: string, heartbeat: number, recovered: boolean, control: Control): void {
    this.#heartbeat = heartbeat * 1000;
    this.#epoch = epoch;
    if (!recovered) this.#place = null;
    this.#greeting = false;
    this.#control = control;
    this.#listener?.onReader({ user: this.#user, control });
    this.#socket?.send('{"t":"ping"}');
    if (recovered) this.#live();
  }

  /** The relay says what a reader may ask for when it greets: be greeted anew when bridges allow more, or less. */
  #renew(): void {
    const [before, now] = [this.#most, this.#allowed.most];
    this.#most = now;
    if (before === null || now === before || now === this.#control || this.#greeting) return;
    this.#greeting = true;
    this.#socket?.send('{"t":"subscribe"}');
  }

  #at(seq: number): void {
    this.#place = { epoch: this.#epoch, seq };
  }

  #live(): void {
    if (this.#link.phase === "live") return;
    this.#liveSince = Date.now();
    this.#say({ phase: "live" });
  }

  /** A frame does not follow from the one before: everything is asked for again. */
  #startOver(): void {
    this.#place = null;
    this.#later();
  }

  #answer(response: BusResponse): void {
    const pending = this.#pending.get(response.transaction ?? "");
    if (pending === undefined) return;
    this.#pending.delete(response.transaction ?? "");
    clearTimeout(pending.timer);
    if (response.status === "ok") pending.resolve(response.data ?? null);
    else pending.reject(new RequestFailure(response.error?.code ?? "failed", response.error?.message ?? ""));
  }

  /** Give this connection up, and try again in a while. */
  #later(): void {
    if (this.#link.phase === "live" && Date.now() - this.#liveSince > SETTLED) this.#backoff.reset();
    this.#turn += 1;
    this.#drop();
    clearTimeout(this.#timer);
    const pause = this.#backoff.next();
    this.#timer = setTimeout(() => void this.#connect(), pause);
    this.#say({ phase: "waiting", retryAt: Date.now() + pause });
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#greeting = false;
    this.#deadline = Infinity;
    if (socket !== null) {
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new RequestFailure("interrupted", ""));
    }
    this.#pending.clear();
  }

  #say(link: Link): void {
    this.#link = link;
    this.#listener?.onLink(link);
  }

  #watch(): void {
    if (this.#socket === null) return;
    const now = Date.now();
    if (now - this.#lastFrame > STALE_AFTER * this.#heartbeat || now > this.#deadline) this.#later();
  }

  #hurry = (): void => {
    if (this.#link.phase === "waiting") void this.#connect();
  };

  /** A page that was hidden, or a computer that slept, may hold a connection that died unseen. */
  #seen = (): void => {
    if (globalThis.document.hidden) return;
    this.#hurry();
    if (this.#link.phase === "live" && this.#socket !== null) {
      this.#deadline = Math.min(this.#deadline, Date.now() + PROBE);
      this.#socket.send('{"t":"ping"}');
    }
  };
}
