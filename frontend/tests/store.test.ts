import { describe, expect, it, vi } from "vitest";

import { Store } from "../src/data/store.ts";
import { client, download, event, snapshot } from "./builders.ts";

function filled(): { store: Store; changed: ReturnType<typeof vi.fn> } {
  const changed = vi.fn();
  const store = new Store(changed);
  store.onLink({ phase: "live" });
  store.onSnapshot(snapshot([download("a"), download("b")]));
  store.take();
  changed.mockClear();
  return { store, changed };
}

describe("what the source tells", () => {
  it("replaces everything with a snapshot", () => {
    const { store } = filled();
    store.onSnapshot(snapshot([download("c")]));
    expect([...store.downloads.keys()]).toEqual(["seedbox:c"]);
    expect(store.take().all).toBe(true);
    expect(store.take().all).toBe(false);
  });

  it("merges a delta: absent is unchanged, null is cleared, what is new comes whole", () => {
    const { store, changed } = filled();
    store.onDelta({
      set: { "seedbox:a": { progress: 20, error: null }, "seedbox:n": download("n") },
      del: ["seedbox:b", "seedbox:never"],
    });
    const change = store.take();
    expect(store.downloads.get("seedbox:a")).toMatchObject({ progress: 20, size: 1000 });
    expect([...store.downloads.keys()]).toEqual(["seedbox:a", "seedbox:n"]);
    expect([...change.changed].map((row) => row.id)).toEqual(["a"]);
    expect(change.added.map((row) => row.id)).toEqual(["n"]);
    expect([...change.removed].map((row) => row.id)).toEqual(["b"]);
    expect([...change.fields].sort()).toEqual(["error", "progress"]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it("merges clients and bridges, and drops those that are null", () => {
    const { store } = filled();
    store.onDelta({
      clients: { seedbox: { available: false, state: "offline", error: "refused" }, nas: client("nas") },
    });
    expect(store.clients.get("seedbox")).toMatchObject({ state: "offline", name: "Seedbox" });
    store.onDelta({ clients: { nas: null }, bridges: { main: null } });
    expect([...store.clients.keys()]).toEqual(["seedbox"]);
    expect(store.bridges.size).toBe(0);
  });

  it("keeps the latest events only, and passes each on", () => {
    const heard = vi.fn();
    const store = new Store(() => undefined, heard);
    for (let seq = 0; seq < 700; seq += 1) store.onEvent(event("a", { seq, at: new Date(seq).toISOString() }));
    expect(heard).toHaveBeenCalledTimes(700);
    expect(store.events).toHaveLength(500);
    expect(store.events.at(-1)?.seq).toBe(699);
  });
});

describe("what is current", () => {
  it.each([
    ["all is well", () => undefined, true, false],
    ["the connection is lost", (store: Store) => store.onLink({ phase: "waiting", retryAt: 0 }), false, true],
    ["the broker is lost", (store: Store) => store.onDelta({ broker: false }), false, true],
    [
      "the client is away",
      (store: Store) => store.onDelta({ clients: { seedbox: { available: false } } }),
      false,
      false,
    ],
  ])("when %s", (_, happen, available, stale) => {
    const { store } = filled();
    happen(store);
    expect(store.available("seedbox")).toBe(available);
    expect(store.stale).toBe(stale);
  });

  it("lets go of everything when a login is needed", () => {
    const { store } = filled();
    store.onLink({ phase: "login", form: true });
    expect(store.downloads.size).toBe(0);
    expect(store.ready).toBe(false);
    expect(store.take().all).toBe(true);
  });

  it("goes by the source's clock", () => {
    const { store } = filled();
    store.onClock(Date.now() + 3_600_000);
    expect(store.now() - Date.now()).toBeGreaterThan(3_599_000);
  });
});
