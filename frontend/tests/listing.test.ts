import { describe, expect, it } from "vitest";

import type { Download } from "../src/data/contract.ts";
import { EVERYTHING, NONE, wordsOf } from "../src/data/filter.ts";
import type { Filter } from "../src/data/filter.ts";
import { Listing } from "../src/data/listing.ts";
import { SORTS } from "../src/data/sort.ts";
import type { Sort } from "../src/data/sort.ts";
import { STATES } from "../src/data/states.ts";
import { Store } from "../src/data/store.ts";
import { client, download, snapshot } from "./builders.ts";

function listed(downloads: Download[], filter: Partial<Filter> = {}, sort?: Sort): { store: Store; listing: Listing } {
  const store = new Store(() => undefined);
  const listing = new Listing(store);
  store.onSnapshot(snapshot(downloads, { clients: [client(), client("nas", { name: "Under the stairs" })] }));
  listing.filter = { ...EVERYTHING, ...filter };
  if (sort) listing.sort = sort;
  listing.update(store.take());
  return { store, listing };
}

const ids = (listing: Listing) => listing.rows.map((row) => row.id).join("");

const FOUR = [
  download("a", { name: "Alpha 10", progress: 10, category: "linux", tags: ["iso"], size: null }),
  download("b", { name: "alpha 9", progress: 90, state: "paused", size: 5 }),
  download("c", { name: "Beta", progress: 50, state: "failed", category: "films", size: 7 }),
  download("d", { name: "Gamma", progress: null, state: "seeding", client: "nas", tags: ["iso", "old"], size: 1 }),
];

describe("sorting", () => {
  it.each<[Sort, string]>([
    [{ by: "name", direction: 1 }, "bacd"],
    [{ by: "name", direction: -1 }, "dcab"],
    [{ by: "progress", direction: -1 }, "bcad"],
    [{ by: "progress", direction: 1 }, "acbd"],
    [{ by: "size", direction: 1 }, "dbca"],
    [{ by: "size", direction: -1 }, "cbda"],
    [{ by: "state", direction: 1 }, "acbd"],
    [{ by: "category", direction: 1 }, "cabd"],
    [{ by: "client", direction: -1 }, "dbac"],
  ])("by %o, unknown last", (sort, expected) => {
    expect(ids(listed(FOUR, {}, sort).listing)).toBe(expected);
  });
});

describe("filters", () => {
  it.each<[Partial<Filter>, string]>([
    [{}, "abcd"],
    [{ words: wordsOf(" ALPHA ") }, "ab"],
    [{ words: wordsOf("alpha lin") }, "a"],
    [{ words: wordsOf("stairs") }, "d"],
    [{ words: wordsOf("iso old") }, "d"],
    [{ state: new Set(["failed", "paused"]) }, "bc"],
    [{ client: new Set(["nas"]) }, "d"],
    [{ category: new Set(["linux", "films"]) }, "ac"],
    [{ category: new Set([NONE]) }, "bd"],
    [{ tag: new Set(["iso"]) }, "ad"],
    [{ tag: new Set([NONE]) }, "bc"],
    [{ tag: new Set(["iso"]), client: new Set(["seedbox"]) }, "a"],
    [{ words: ["nothing like it"] }, ""],
  ])("%o", (filter, expected) => {
    expect([...ids(listed(FOUR, filter).listing)].sort().join("")).toBe(expected);
  });

  it("counts what each further choice would show", () => {
    const { counts } = listed(FOUR, { client: new Set(["seedbox"]), tag: new Set(["iso"]) }).listing;
    expect(Object.fromEntries(counts.state)).toEqual({ downloading: 1 });
    expect(Object.fromEntries(counts.client)).toEqual({ seedbox: 1, nas: 1 });
    expect(Object.fromEntries(counts.tag)).toEqual({ iso: 1, [NONE]: 2 });
  });

  it("takes a state of a newer relay for unknown", () => {
    const { listing } = listed([download("a", { state: "teleporting" as "queued" })]);
    expect(Object.fromEntries(listing.counts.state)).toEqual({ unknown: 1 });
  });
});

describe("keeping up", () => {
  /** The same numbers on every run. */
  function dice(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
  }

  const change = (roll: (below: number) => number): Partial<Download> => ({
    ...(roll(3) ? {} : { name: `name ${roll(50)}` }),
    ...(roll(3) ? {} : { state: STATES[roll(STATES.length)] ?? "unknown" }),
    ...(roll(2) ? {} : { progress: roll(5) ? roll(100) : null }),
    ...(roll(4) ? {} : { category: roll(2) ? "linux" : null, tags: roll(2) ? ["iso"] : [] }),
  });

  it.each(SORTS.map((by, seed) => [by, seed + 1] as const))("by %s comes to the same as starting anew", (by, seed) => {
    const roll = dice(seed);
    const direction = roll(2) ? 1 : -1;
    const filter = { state: new Set(STATES.filter(() => roll(3))), words: roll(2) ? ["name"] : [] };
    const { store, listing } = listed(
      Array.from({ length: 40 }, (_, index) => download(`i${index}`, change(roll))),
      filter,
      { by, direction },
    );
    for (let turn = 0; turn < 60; turn += 1) {
      const key = `seedbox:i${roll(60)}`;
      if (roll(6) === 0) store.onDelta({ del: [key] });
      else {
        const whole = download(key.slice(8), change(roll));
        store.onDelta({ set: { [key]: store.downloads.has(key) ? change(roll) : whole } });
      }
      if (roll(3) === 0) continue;
      listing.update(store.take());
      const anew = listed(
        [...store.downloads.values()].map((row) => ({ ...row })),
        filter,
        { by, direction },
      ).listing;
      expect(listing.rows.map((row) => row.key)).toEqual(anew.rows.map((row) => row.key));
      expect(listing.counts).toEqual(anew.counts);
    }
  });

  it("does nothing when what changed decides nothing", () => {
    const { store, listing } = listed(FOUR, {}, { by: "name", direction: 1 });
    const { version, rows } = listing;
    store.onDelta({ set: { "seedbox:a": { progress: 11, download_rate: 5 } } });
    listing.update(store.take());
    expect(listing.version).toBe(version);
    expect(listing.rows).toBe(rows);
  });

  it("brings ten thousand up to date within a frame", () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      download(`i${index}`, { name: `file ${(index * 7919) % 10_000}`, progress: index % 100 }),
    );
    const { store, listing } = listed(many, { words: ["file"] }, { by: "progress", direction: -1 });
    const times = Array.from({ length: 9 }, (_, turn) => {
      const set = Object.fromEntries(
        Array.from({ length: 1400 }, (__, index) => [`seedbox:i${index * 7}`, { progress: (index + turn) % 100 }]),
      );
      store.onDelta({ set });
      const started = performance.now();
      listing.update(store.take());
      return performance.now() - started;
    });
    const median = times.sort((a, b) => a - b)[4] ?? Infinity;
    expect(median).toBeLessThan(16);
  });
});
