import { beforeEach, describe, expect, it, vi } from "vitest";

import { digestsOf } from "../src/data/digest.ts";
import { digestOf, pastEvents, pastRates, summed, together, withGaps } from "../src/data/past.ts";
import { RequestFailure } from "../src/data/source.ts";
import { Store } from "../src/data/store.ts";
import type { Row } from "../src/data/store.ts";
import { use } from "../src/text/language.ts";
import english from "../src/text/languages/en.json";
import { AT, bridge, client, download, event, snapshot } from "./builders.ts";

const MINUTE = 60_000;
const rates = (...at: number[]) => at.map((one) => ({ at: one * MINUTE, down: 10, up: 1 }));

beforeEach(() => use(english, "en"));

function told(): Store {
  const store = new Store(() => undefined);
  store.onSnapshot(
    snapshot([download("a")], {
      bridges: [bridge(), bridge("second"), bridge("gone", { state: "offline" })],
      clients: [client(), client("usenet", { bridge: "second" })],
    }),
  );
  return store;
}

function rowOf(store: Store): Row {
  const row = store.downloads.get("seedbox:a");
  if (row === undefined) throw new Error("no row");
  return row;
}

describe("events of one download", () => {
  it("are found page by page among those of its client", async () => {
    const request = vi
      .fn()
      .mockResolvedValueOnce({ finished: [event("b"), event("a")], rates: [], next: "7" })
      .mockResolvedValueOnce({ finished: [event("a", { event: "failed" })], rates: [], next: null });
    const source = { start: vi.fn(), stop: vi.fn(), retry: vi.fn(), request };
    const store = told();
    const found = await pastEvents(source, store, rowOf(store));
    expect(found.map((one) => [one.id, one.event])).toEqual([
      ["a", "completed"],
      ["a", "failed"],
    ]);
    expect(request.mock.calls.map(([topic, verb, fields]) => [topic, verb, fields])).toEqual([
      ["bridge/main", "history", { client: "seedbox", limit: 1000, since: AT }],
      ["bridge/main", "history", { client: "seedbox", limit: 1000, since: AT, before: "7" }],
    ]);
  });

  it("end after some pages, however many there are", async () => {
    const request = vi.fn().mockResolvedValue({ finished: [], rates: [], next: "1" });
    const store = told();
    await pastEvents({ start: vi.fn(), stop: vi.fn(), retry: vi.fn(), request }, store, rowOf(store));
    expect(request.mock.calls.length).toBeLessThan(10);
  });

  it("are told once, though seen live and remembered", () => {
    const later = event("a", { at: "2026-11-21T11:00:00Z", event: "removed", seq: 900 });
    expect(together([event("a", { seq: 5 }), later], [event("a", { seq: 1 })])).toHaveLength(2);
    expect(together([event("a")], [later])[0]).toBe(later);
  });
});

describe("rates of the past", () => {
  it("of all clients are asked of every bridge that is there, and added up", async () => {
    const page = { finished: [], next: null, rates: [{ at: AT, download_rate: 5, upload_rate: 2 }] };
    const request = vi.fn().mockResolvedValue(page);
    const source = { start: vi.fn(), stop: vi.fn(), retry: vi.fn(), request };
    const samples = await pastRates(source, told(), "", 60 * MINUTE);
    expect(request.mock.calls.map(([topic]) => topic as string)).toEqual(["bridge/main", "bridge/second"]);
    expect(samples).toEqual([{ at: Date.parse(AT), down: 10, up: 4 }]);
    const { since, until } = request.mock.calls[0]?.[2] as { since: string; until: string };
    expect(Date.parse(until) - Date.parse(since)).toBe(60 * MINUTE);
  });

  it("of one client are asked of its bridge", async () => {
    const request = vi.fn().mockResolvedValue({ finished: [], rates: [], next: null });
    await pastRates({ start: vi.fn(), stop: vi.fn(), retry: vi.fn(), request }, told(), "usenet", MINUTE);
    expect(request.mock.calls).toHaveLength(1);
    expect(request.mock.calls[0]?.slice(0, 2)).toEqual(["bridge/second", "history"]);
    expect(request.mock.calls[0]?.[2]).toMatchObject({ client: "usenet" });
  });

  it("are asked of each client by a reader who does not see all", async () => {
    const page = { finished: [], next: null, rates: [{ at: AT, download_rate: 5, upload_rate: 2 }] };
    const request = vi.fn((_topic: string, _verb: string, fields: object = {}) =>
      "client" in fields ? Promise.resolve(page) : Promise.reject(new RequestFailure("forbidden", "not all are yours")),
    );
    const source = { start: vi.fn(), stop: vi.fn(), retry: vi.fn(), request };
    expect(await pastRates(source, told(), "", MINUTE)).toEqual([{ at: Date.parse(AT), down: 10, up: 4 }]);
  });

  it("are in order, and have gaps where nothing was measured", () => {
    expect(summed([rates(2, 1), rates(2)]).map(({ at, down }) => [at / MINUTE, down])).toEqual([
      [1, 10],
      [2, 20],
    ]);
    expect(withGaps(rates(1, 2, 3, 9, 10)).map(({ down }) => down)).toEqual([10, 10, 10, null, 10, 10]);
    expect(withGaps([])).toEqual([]);
    expect(withGaps(rates(4))).toEqual(rates(4));
  });

  it("come to a peak, a mean and a sum", () => {
    const samples = [
      { at: 0, down: 0, up: null },
      { at: 1000, down: 30, up: null },
      { at: 2000, down: null, up: null },
      { at: 3000, down: 30, up: null },
    ];
    expect(digestOf(samples, "down")).toEqual({ peak: { at: 1000, rate: 30 }, mean: 20, sum: 60 });
    expect(digestOf(samples, "up")).toEqual({ peak: null, mean: null, sum: 0 });
    expect(digestOf([], "down").peak).toBeNull();
  });
});

describe("notifications", () => {
  it("are one each for a few, with why it failed", () => {
    const failed = event("b", { event: "failed", download: download("b", { error: "no space" }) });
    const told = digestsOf([event("a"), failed], () => "Seedbox");
    expect(told).toEqual([
      { title: "Completed: name of a", body: "in Seedbox", key: "seedbox:a" },
      { title: "Failed: name of b", body: "in Seedbox\nno space", key: "seedbox:b" },
    ]);
  });

  it("are one for many", () => {
    const many = Array.from({ length: 40 }, (_, n) => event(`i${n}`, n === 0 ? { event: "failed" } : {}));
    const [only, ...others] = digestsOf(many, () => "");
    expect(others).toEqual([]);
    expect(only).toMatchObject({ title: "39 downloads completed · 1 download failed", key: null });
    expect(only?.body.split("\n")).toHaveLength(6);
  });
});
