import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Mock } from "vitest";

import { Missed } from "../src/data/missed.ts";
import { RequestFailure } from "../src/data/source.ts";
import { Store } from "../src/data/store.ts";
import { AT, bridge, client, download, event, snapshot } from "./builders.ts";

const START = Date.parse(AT);
const SHOWN = snapshot([download("a")], {
  bridges: [bridge(), bridge("second", { state: "offline" })],
  clients: [client(), client("usenet", { bridge: "second" })],
});

let store: Store;
let missed: Missed;
let heard: Mock<(one: unknown) => void>;
let request: Mock<(topic: string, verb: string, fields?: object) => Promise<unknown>>;

function told(events: unknown[]): Promise<unknown> {
  return Promise.resolve({ finished: events, rates: [], next: null });
}

/** The connection is lost for so many seconds, then all is told anew. */
async function away(seconds: number): Promise<void> {
  store.onLink({ phase: "waiting", retryAt: 0 });
  missed.look();
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  store.onSnapshot(structuredClone(SHOWN));
  store.onLink({ phase: "live" });
  missed.look();
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(async () => {
  vi.useFakeTimers({ now: START });
  heard = vi.fn();
  request = vi.fn(() => told([]));
  store = new Store(() => undefined, heard);
  missed = new Missed({ start: vi.fn(), stop: vi.fn(), retry: vi.fn(), request }, store);
  store.onSnapshot(structuredClone(SHOWN));
  store.onLink({ phase: "live" });
  missed.look();
  await vi.advanceTimersByTimeAsync(60_000);
  store.onClock(Date.now());
});

afterEach(() => vi.useRealTimers());

describe("what was missed", () => {
  it("is asked for once, of each client whose bridge is there, and told oldest first", async () => {
    store.onClock(Date.now() + 7_000); // the source's clock is ahead
    const [first, last] = [event("a", { at: "2026-01-01T00:01:30Z" }), event("b", { at: "2026-01-01T00:01:40Z" })];
    request.mockReturnValueOnce(told([last, first]));
    await away(30);
    missed.look();
    const since = new Date(START + 60_000 + 7_000 - 5_000).toISOString();
    expect(request.mock.calls).toEqual([["bridge/main", "history", { client: "seedbox", limit: 1000, since }]]);
    expect(heard.mock.calls).toEqual([[first], [last]]);
  });

  it("is asked for when a bridge comes back later, but not for ever", async () => {
    await away(1);
    expect(request).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(20_000);
    store.onDelta({ bridges: { second: { state: "online" } } });
    missed.look();
    expect(request.mock.calls.map(([topic]) => topic)).toEqual(["bridge/main", "bridge/second"]);
    await vi.advanceTimersByTimeAsync(60_000);
    store.onDelta({ clients: { nas: client("nas") } });
    missed.look();
    expect(request).toHaveBeenCalledTimes(2);
  });

  it("is not told again when it was told live", async () => {
    const one = event("a", { seq: 1000 });
    store.onEvent(one);
    request.mockReturnValueOnce(told([{ ...one, seq: 3 }]));
    await away(5);
    store.onEvent({ ...one, seq: 1001 });
    expect(heard).toHaveBeenCalledOnce();
    expect(store.events).toHaveLength(1);
  });

  it("goes no further back than the first that was told, and begins where the first loss was", async () => {
    const fresh = new Store(() => undefined);
    fresh.onSnapshot(structuredClone(SHOWN));
    fresh.onSnapshot(structuredClone(SHOWN));
    expect(fresh.takeMissed()).toBe(START + 60_000);
    expect(fresh.takeMissed()).toBeNull();
    request.mockRejectedValueOnce(new RequestFailure("interrupted", ""));
    await away(10);
    await away(10);
    const asked = request.mock.calls.map(([, , fields]) => (fields as { since: string }).since);
    expect(new Set(asked)).toEqual(new Set([new Date(START + 55_000).toISOString()]));
    expect(asked).toHaveLength(2);
  });

  it("is asked for once there is a connection, from where the one before was lost", async () => {
    const lost = Date.now();
    store.onLink({ phase: "waiting", retryAt: 0 });
    await vi.advanceTimersByTimeAsync(30_000);
    store.onClock(Date.now()); // the new connection may tell the time before anything else
    store.onSnapshot(structuredClone(SHOWN));
    missed.look();
    expect(request).not.toHaveBeenCalled();
    store.onLink({ phase: "live" });
    missed.look();
    expect(request.mock.calls[0]?.[2]).toMatchObject({ since: new Date(lost - 5_000).toISOString() });
  });

  it("begins with the last loss, not with one that was made good", async () => {
    store.onLink({ phase: "waiting", retryAt: 0 });
    await vi.advanceTimersByTimeAsync(30_000);
    store.onLink({ phase: "live" }); // resumed: all was told
    store.onClock(Date.now());
    const last = Date.now();
    await vi.advanceTimersByTimeAsync(10_000);
    store.onSnapshot(structuredClone(SHOWN));
    expect(store.takeMissed()).toBe(last - 5_000);
  });

  it("is nothing at the first time, after a resumed connection, or for another user", async () => {
    expect(request).not.toHaveBeenCalled();
    store.onLink({ phase: "waiting", retryAt: 0 });
    store.onLink({ phase: "live" });
    missed.look();
    store.onLink({ phase: "login", form: false });
    store.onSnapshot(structuredClone(SHOWN));
    store.onLink({ phase: "live" });
    missed.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(request).not.toHaveBeenCalled();
  });
});
