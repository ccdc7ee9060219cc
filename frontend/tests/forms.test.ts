import { beforeEach, describe, expect, it } from "vitest";

import { changedFields, fieldsOf } from "../src/data/fields.ts";
import { Store } from "../src/data/store.ts";
import { use } from "../src/text/language.ts";
import english from "../src/text/languages/en.json";
import { groupsOf } from "../src/ui/facts.ts";
import { client, download, snapshot } from "./builders.ts";

beforeEach(() => use(english, "en"));

function factsOf(fields: Parameters<typeof download>[1], available = true): Map<string, string> {
  const store = new Store(() => undefined);
  store.onLink({ phase: "live" });
  store.onSnapshot(snapshot([download("a".repeat(40), fields)], { clients: [client("seedbox", { available })] }));
  const [row] = store.downloads.values();
  if (row === undefined) throw new Error("no row");
  return new Map(groupsOf(row, store).flatMap(({ facts }) => facts.map(({ name, text }) => [name, text])));
}

describe("facts", () => {
  it("are all that is known, with units", () => {
    const facts = factsOf({ download_rate: 5_242_880, eta: 69, ratio: 1.5, seeds: 3, path: "/x", queue_position: 2 });
    expect(Object.fromEntries(facts)).toMatchObject({
      "column.size": "1.0 kB",
      "column.download_rate": "5.2 MB/s",
      "column.eta": "1 min",
      "column.ratio": "1.50",
      "column.seeds": "3",
      "column.queue_position": "2",
      "fact.hash": "a".repeat(40),
      "fact.magnet": `magnet:?xt=urn:btih:${"a".repeat(40)}`,
    });
    expect(facts.has("column.completed_at")).toBe(false);
  });

  it("leave rates out when they are from before, and what Usenet has not", () => {
    expect(factsOf({ download_rate: 5, eta: 9 }, false).has("column.download_rate")).toBe(false);
    const usenet = factsOf({ protocol: "usenet", ratio: 1, seeds: 1, uploaded: 3 });
    for (const name of ["column.ratio", "column.seeds", "column.uploaded", "fact.magnet"])
      expect(usenet.has(name)).toBe(false);
  });
});

describe("a filled form", () => {
  const filled = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return form;
  };
  const row = { category: "linux", tags: ["iso", "keep"] };

  it.each([
    [{ category: "linux", tags: "iso, keep" }, {}],
    [{ category: " ", tags: "iso,keep," }, { category: "" }],
    [{ category: "linux", tags: "keep , iso,iso" }, { tags: ["keep", "iso"] }],
    [
      { category: "linux", tags: "iso,keep", priority: "-1", queue_position: "3" },
      { priority: -1, queue_position: 3 },
    ],
    [
      { category: "linux", tags: "iso,keep", download_limit: "500", upload_limit: "0" },
      { download_limit: 500_000, upload_limit: 0 },
    ],
  ])("%j changes %j", (form, expected) => {
    expect(changedFields(row, filled(form))).toEqual(expected);
  });

  it.each([
    [{ category: "", tags: "", priority: "", path: "" }, {}],
    [
      { category: " films ", tags: "a, b", priority: "0", path: "/x", paused: "on" },
      { category: "films", tags: ["a", "b"], priority: 0, path: "/x", paused: true },
    ],
  ])("%j adds with %j", (form, expected) => {
    expect(fieldsOf(filled(form))).toEqual(expected);
  });
});
