// The WebSocket: comes back by itself, and says when what is shown may be old.

const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 30;
const STALE_AFTER = 2.5; // heartbeats

export class Connection {
  #socket = null;
  #attempts = 0;
  #timer = null;
  #heartbeat = 15;
  #lastFrame = 0;

  /** `onFrame` takes a frame and says whether it fits; `onLink` hears of "connecting", "live" and "waiting". */
  constructor(url, onFrame, onLink) {
    this.url = url;
    this.onFrame = onFrame;
    this.onLink = onLink;
    this.retryAt = null;
    setInterval(() => this.#watch(), 250);
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
    this.#open();
  }

  #open() {
    clearTimeout(this.#timer);
    this.#timer = this.retryAt = null;
    this.#lastFrame = performance.now();
    this.onLink("connecting");
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    socket.addEventListener("open", () => socket.send('{"t":"ping"}'));
    socket.addEventListener("message", (message) => socket === this.#socket && this.#take(JSON.parse(message.data)));
    socket.addEventListener("close", () => socket === this.#socket && this.#retry());
  }

  #take(frame) {
    this.#lastFrame = performance.now();
    if (frame.t === "hello") this.#heartbeat = frame.heartbeat;
    if (!this.onFrame(frame)) {
      this.#retry();
    } else if (frame.t === "snapshot") {
      this.#attempts = 0;
      this.onLink("live");
    }
  }

  #retry() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#attempts) * (0.5 + Math.random());
    this.#attempts += 1;
    this.retryAt = Date.now() + pause * 1000;
    this.#timer = setTimeout(() => this.#open(), pause * 1000);
    this.onLink("waiting");
  }

  #hurry() {
    if (this.#timer !== null) this.#open();
  }

  #watch() {
    const silent = (performance.now() - this.#lastFrame) / 1000;
    if (this.#socket !== null && silent > STALE_AFTER * this.#heartbeat) this.#retry();
  }
}
