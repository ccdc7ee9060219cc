// Downloads as Home Assistant's component tells of them, over the connection that the frontend has already. It begins
// anew whenever that connection is back, and tries until the component is when that says that it goes.

import { t } from "../text/language.ts";
import { Backoff } from "./backoff.ts";
import type { Control, Frame } from "./contract.ts";
import { RequestFailure } from "./source.ts";
import type { DownloadSource, Fields, Link, SourceListener, Topic, Verb } from "./source.ts";

export const SUBSCRIBE = "downloads2mqtt/subscribe";
export const REQUEST = "downloads2mqtt/request";
const LONGEST = 5_000; // between tries: while Home Assistant starts, somebody looks at the card

/** What of the frontend's connection is used (home-assistant-js-websocket's `Connection`). */
export interface HaConnection {
  readonly connected: boolean;
  subscribeMessage<T>(
    hear: (message: T) => void,
    command: object,
    options?: { resubscribe?: boolean },
  ): Promise<() => Promise<void>>;
  sendMessagePromise<T>(command: object): Promise<T>;
  addEventListener(what: "ready" | "disconnected", hear: () => void): void;
  removeEventListener(what: "ready" | "disconnected", hear: () => void): void;
}

/** What to show: the config entry (one base topic), the first that is loaded if not said; and which clients, or all. */
export interface Wanted {
  entry?: string;
  clients?: readonly string[];
}

/**
 * Why nothing is told. `missing`: Home Assistant does not know the component. `not_loaded`: no config entry of it, or
 * not the one that was wanted, is loaded. `failed`: anything else.
 */
export type Problem = "missing" | "not_loaded" | "failed";

export class HaSource implements DownloadSource {
  /** Why the last try failed; null while there is no reason to think that anything is wrong. */
  problem: Problem | null = null;
  readonly #backoff: Backoff;
  #listener: SourceListener | null = null;
  #turn = 0; // which try this is: what an earlier one still says is not heard
  #end: (() => Promise<void>) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seq = 0;
  #link: Link = { phase: "connecting" };

  constructor(
    private readonly connection: HaConnection,
    private readonly wanted: Wanted = {},
    random: () => number = Math.random,
  ) {
    this.#backoff = new Backoff(random, LONGEST);
  }

  start(listener: SourceListener): void {
    this.#listener = listener;
    this.connection.addEventListener("ready", this.#onReady);
    this.connection.addEventListener("disconnected", this.#onDisconnected);
    if (this.connection.connected) void this.#subscribe();
    else this.#say({ phase: "connecting" });
  }

  stop(): void {
    this.connection.removeEventListener("ready", this.#onReady);
    this.connection.removeEventListener("disconnected", this.#onDisconnected);
    this.#leave();
    this.#listener = null;
  }

  retry(): void {
    if (this.connection.connected && this.#link.phase === "waiting") void this.#subscribe();
  }

  async request(topic: Topic, verb: Verb, fields: Fields = {}): Promise<unknown> {
    if (!this.connection.connected) throw new RequestFailure("disconnected", t("card.reason_disconnected"));
    try {
      return await this.connection.sendMessagePromise({ type: REQUEST, topic, verb, fields, ...this.#entry });
    } catch (error) {
      throw failureOf(error);
    }
  }

  get #entry(): { entry_id?: string } {
    return this.wanted.entry === undefined ? {} : { entry_id: this.wanted.entry };
  }

  async #subscribe(): Promise<void> {
    this.#leave();
    const turn = this.#turn;
    const clients = this.wanted.clients === undefined ? {} : { clients: [...this.wanted.clients] };
    try {
      // The library would subscribe again by itself, but not try once more when the component is not there yet.
      const end = await this.connection.subscribeMessage<Frame>(
        (frame) => turn === this.#turn && this.#take(frame),
        { type: SUBSCRIBE, ...this.#entry, ...clients },
        { resubscribe: false },
      );
      if (turn === this.#turn) this.#end = end;
      else void end().catch(() => undefined);
    } catch (error) {
      if (turn === this.#turn && this.connection.connected) this.#later(problemOf(error));
    }
  }

  #take(frame: Frame): void {
    const listener = this.#listener;
    if (listener === null) return;
    if (frame.t === "error") return this.#later("not_loaded");
    if (frame.t !== "snapshot" && frame.t !== "delta" && frame.t !== "event") return;
    if (frame.t === "delta" && frame.prev !== this.#seq) return void this.#subscribe();
    this.#seq = frame.seq;
    if (frame.t === "event") return listener.onEvent(frame);
    if (frame.t === "delta") {
      if (frame.control !== undefined) this.#learn(frame.control);
      return listener.onDelta(frame);
    }
    this.#learn(frame.control ?? "off");
    listener.onSnapshot(frame);
    this.problem = null;
    this.#backoff.reset();
    this.#say({ phase: "live" });
  }

  #learn(control: Control): void {
    this.#listener?.onReader({ user: null, control, polls: control !== "off" });
  }

  #later(problem: Problem): void {
    this.#leave();
    this.problem = problem;
    const pause = this.#backoff.next();
    this.#timer = setTimeout(() => void this.#subscribe(), pause);
    this.#say({ phase: "waiting", retryAt: Date.now() + pause });
  }

  /** What the subscription there is still says is not heard any more. */
  #leave(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    const end = this.#end;
    this.#end = null;
    if (this.connection.connected) void end?.().catch(() => undefined);
  }

  #say(link: Link): void {
    this.#link = link;
    this.#listener?.onLink(link);
  }

  #onReady = (): void => {
    this.#backoff.reset();
    void this.#subscribe();
  };

  #onDisconnected = (): void => {
    this.#leave();
    this.problem = null;
    this.#say({ phase: "connecting" });
  };
}

/** Home Assistant answers with an object, the library says with a number that the connection is lost. */
function codeOf(error: unknown): { code: string; message: string } {
  const { code, message } = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
  return { code: typeof code === "string" ? code : "", message: typeof message === "string" ? message : "" };
}

function problemOf(error: unknown): Problem {
  const { code } = codeOf(error);
  return code === "unknown_command" ? "missing" : code === "not_found" ? "not_loaded" : "failed";
}

function failureOf(error: unknown): RequestFailure {
  const { code, message } = codeOf(error);
  if (code === "") return new RequestFailure("interrupted", "");
  return new RequestFailure(code, code === "unauthorized" ? t("card.reason_unauthorized") : message);
}
