import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Frame } from "../src/data/contract.ts";
import { HaSource, REQUEST, SUBSCRIBE } from "../src/data/ha-source.ts";
import type { HaConnection } from "../src/data/ha-source.ts";
import { RequestFailure } from "../src/data/source.ts";
import { download, event, snapshot } from "./builders.ts";
import { listener } from "./fakes.ts";

/** Home Assistant's end of the connection. */
class FakeConnection implements HaConnection {
  connected = true;
  asked: Record<string, unknown>[] = [];
  requests: Record<string, unknown>[] = [];
  open = 0;
  refusal: unknown = null;
  answer: () => Promise<unknown> = () => Promise.resolve(null);
  /** While held back, a subscription is not answered. */
  gate: Promise<void> = Promise.resolve();
  #hears: ((frame: Frame) => void)[] = [];
  readonly #on = { ready: new Set<() => void>(), disconnected: new Set<() => void>() };

  async subscribeMessage<T>(hear: (message: T) => void, command: object): Promise<() => Promise<void>> {
    this.asked.push(command as Record<string, unknown>);
    await this.gate;
    if (this.refusal !== null) throw this.refusal;
    this.open += 1;
    this.#hears.push(hear as (frame: Frame) => void);
    return () => {
      this.open -= 1;
      return Promise.resolve();
    };
  }

  sendMessagePromise<T>(command: object): Promise<T> {
    this.requests.push(command as Record<string, unknown>);
    return this.answer() as Promise<T>;
  }

  addEventListener(what: "ready" | "disconnected", hear: () => void): void {
    this.#on[what].add(hear);
  }

  removeEventListener(what: "ready" | "disconnected", hear: () => void): void {
    this.#on[what].delete(hear);
  }

  get heard(): number {
    return this.#on.ready.size + this.#on.disconnected.size;
  }

  say(frame: Frame, subscription = this.#hears.length - 1): void {
    this.#hears[subscription]?.(frame);
  }

  lose(): void {
    this.connected = false;
    this.open = 0;
    this.#on.disconnected.forEach((hear) => hear());
  }

  regain(): void {
    this.connected = true;
    this.#on.ready.forEach((hear) => hear());
  }
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const whole = (fields = {}): Frame => ({ t: "snapshot", seq: 0, ...snapshot([download()]), ...fields });

describe("HaSource", () => {
  let connection: FakeConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  async function started(wanted = {}) {
    const heard = listener();
    const source = new HaSource(connection, wanted, () => 0.5);
    source.start(heard);
    await settle();
    return { source, heard };
  }

  it("asks for what is wanted and tells it", async () => {
    const { heard } = await started({ entry: "e1", clients: ["seedbox"] });
    expect(connection.asked).toEqual([{ type: SUBSCRIBE, entry_id: "e1", clients: ["seedbox"] }]);
    connection.say(whole());
    connection.say({ t: "delta", seq: 1, prev: 0, set: { "seedbox:a": { progress: 11 } } });
    connection.say({ t: "event", ...event(), seq: 2 });
    connection.say({ t: "delta", seq: 3, prev: 2, del: ["seedbox:a"] });
    expect(heard.onSnapshot).toHaveBeenCalledOnce();
    expect(heard.onDelta).toHaveBeenCalledTimes(2);
    expect(heard.onEvent).toHaveBeenCalledOnce();
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "live" });
  });

  it("asks anew when something is missing, and ends what was before", async () => {
    const { heard } = await started();
    connection.say(whole());
    connection.say({ t: "delta", seq: 5, prev: 4, set: {} });
    await settle();
    expect(connection.asked).toHaveLength(2);
    expect(connection.open).toBe(1);
    expect(heard.onDelta).not.toHaveBeenCalled();
  });

  it("hears nothing of a subscription that is over", async () => {
    const { heard } = await started();
    connection.say(whole());
    connection.say({ t: "delta", seq: 5, prev: 4, set: {} });
    await settle();
    connection.say({ t: "delta", seq: 1, prev: 0, set: {} }, 0);
    expect(heard.onDelta).not.toHaveBeenCalled();
  });

  it("tells of the broker as it is told", async () => {
    const { heard } = await started();
    connection.say(whole());
    connection.say({ t: "delta", seq: 1, prev: 0, broker: false, bridges: { main: { state: "offline" } } });
    connection.say({ t: "delta", seq: 2, prev: 1, broker: true });
    await settle();
    expect(heard.onDelta.mock.calls.map(([delta]) => delta.broker)).toEqual([false, true]);
    expect(connection.asked).toHaveLength(1);
  });

  it("tells what this user may do, which may change, and is nothing where it is not said", async () => {
    const { heard } = await started();
    const control = () => heard.onReader.mock.lastCall?.[0].control;
    connection.say(whole());
    expect(control()).toBe("off");
    connection.say(whole({ control: "full" }));
    expect(control()).toBe("full");
    connection.say({ t: "delta", seq: 1, prev: 0, control: "off" });
    expect(control()).toBe("off");
    connection.say({ t: "delta", seq: 2, prev: 1, set: {} });
    expect(heard.onReader).toHaveBeenCalledTimes(3);
  });

  it("tries until the component is back after it said that it goes, and is soon there", async () => {
    const { source, heard } = await started();
    connection.say(whole());
    connection.refusal = { code: "not_found" };
    connection.say({ t: "error", code: "offline", message: "it was stopped" });
    expect(source.problem).toBe("not_loaded");
    expect(heard.onLink).toHaveBeenLastCalledWith(expect.objectContaining({ phase: "waiting" }));
    expect(connection.open).toBe(0);
    await vi.advanceTimersByTimeAsync(600);
    expect(connection.asked).toHaveLength(2);
    connection.refusal = null;
    await vi.advanceTimersByTimeAsync(1_100);
    connection.say(whole());
    expect([connection.asked.length, connection.open, source.problem]).toEqual([3, 1, null]);
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "live" });
  });

  it.each([
    ["unknown_command", "missing"],
    ["not_found", "not_loaded"],
    ["unknown_error", "failed"],
  ])("says why nothing is told (%s), and tries until it is", async (code, problem) => {
    connection.refusal = { code, message: "no" };
    const { source, heard } = await started();
    expect(source.problem).toBe(problem);
    expect(heard.onLink).toHaveBeenLastCalledWith(expect.objectContaining({ phase: "waiting" }));
    await vi.advanceTimersByTimeAsync(60_000);
    const tries = connection.asked.length;
    expect(tries).toBeGreaterThan(12);
    connection.refusal = null;
    await vi.advanceTimersByTimeAsync(5_000);
    connection.say(whole());
    expect(source.problem).toBeNull();
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "live" });
    expect(connection.open).toBe(1);
  });

  it("tries at once when asked to", async () => {
    connection.refusal = { code: "not_found" };
    const { source } = await started();
    source.retry();
    await settle();
    expect(connection.asked).toHaveLength(2);
  });

  it("waits for the connection and begins anew when it is back", async () => {
    const { heard } = await started();
    connection.say(whole());
    connection.lose();
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "connecting" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.asked).toHaveLength(1);
    connection.regain();
    await settle();
    expect([connection.asked.length, connection.open]).toEqual([2, 1]);
  });

  it("leaves nothing behind, even while it asks", async () => {
    let open = () => undefined as void;
    connection.gate = new Promise((resolve) => (open = resolve));
    const { source, heard } = await started();
    source.stop();
    open();
    await settle();
    expect([connection.open, connection.heard]).toEqual([0, 0]);
    connection.say(whole());
    expect(heard.onSnapshot).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.asked).toHaveLength(1);
  });

  it("asks Home Assistant", async () => {
    const { source } = await started({ entry: "e1" });
    connection.answer = () => Promise.resolve({ id: "a" });
    await expect(source.request("client/seedbox", "pause", { ids: ["a"] })).resolves.toEqual({ id: "a" });
    expect(connection.requests).toEqual([
      { type: REQUEST, topic: "client/seedbox", verb: "pause", fields: { ids: ["a"] }, entry_id: "e1" },
    ]);
  });

  it.each([
    [
      { code: "unauthorized", message: "no" },
      "unauthorized",
      "in Home Assistant you may look at this and not control it",
    ],
    [{ code: "offline", message: "the client is away" }, "offline", "the client is away"],
    [3, "interrupted", ""],
  ])("says why a request failed", async (refusal, code, message) => {
    const { source } = await started();
    connection.answer = () => Promise.reject(refusal);
    const failure: unknown = await source.request("client/seedbox", "pause").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RequestFailure);
    expect(failure).toMatchObject({ code, message });
  });

  it("refuses to ask while there is no connection", async () => {
    const { source } = await started();
    connection.lose();
    await expect(source.request("client/seedbox", "pause")).rejects.toMatchObject({ code: "disconnected" });
    expect(connection.requests).toEqual([]);
  });
});
