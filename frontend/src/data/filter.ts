// Which downloads are listed, and how many there would be with one more choice of each facet.

import type { State } from "./contract.ts";
import { stateOf } from "./states.ts";
import type { Row } from "./store.ts";

export const FACETS = ["state", "client", "category", "tag"] as const;
export type Facet = (typeof FACETS)[number];

/** What stands for downloads without a category or a tag. */
export const NONE = "";

/** `words` must all be found, in lower case; an empty set does not narrow. */
export interface Filter {
  words: string[];
  state: ReadonlySet<State>;
  client: ReadonlySet<string>;
  category: ReadonlySet<string>;
  tag: ReadonlySet<string>;
}

export const EVERYTHING: Filter = {
  words: [],
  state: new Set(),
  client: new Set(),
  category: new Set(),
  tag: new Set(),
};

/** How many downloads fit each value of a facet, given all that is chosen of the others. */
export type Counts = Record<Facet, Map<string, number>>;

export function isNarrowed(filter: Filter): boolean {
  return filter.words.length > 0 || FACETS.some((facet) => filter[facet].size > 0);
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

const FIELDS: Record<Facet, string> = { state: "state", client: "client", category: "category", tag: "tags" };

/** The fields of a download that may change which are listed, or a count. */
export const FILTERED_BY: ReadonlySet<string> = new Set([...Object.values(FIELDS), "name"]);

/** Those of `rows` that fit, in their order; marks each with whether it is shown. */
export function narrow(
  rows: readonly Row[],
  filter: Filter,
  clientName: (client: string) => string,
): { rows: Row[]; counts: Counts } {
  const counts: Counts = { state: new Map(), client: new Map(), category: new Map(), tag: new Map() };
  const used = FACETS.filter((facet) => filter[facet].size > 0);
  const fitting: Row[] = [];
  for (const row of rows) {
    row.shown = false;
    if (filter.words.length && !matches(textOf(row, clientName), filter.words)) continue;
    const failing = used.filter((facet) => !fits(row, facet, filter));
    const [only] = failing;
    if (only === undefined) {
      for (const facet of FACETS) count(row, facet, counts);
      row.shown = true;
      fitting.push(row);
    } else if (failing.length === 1) {
      count(row, only, counts);
    }
  }
  return { rows: fitting, counts };
}

function fits(row: Row, facet: Facet, filter: Filter): boolean {
  switch (facet) {
    case "state":
      return filter.state.has(stateOf(row));
    case "client":
      return filter.client.has(row.client);
    case "category":
      return filter.category.has(row.category ?? NONE);
    case "tag":
      return row.tags.length ? row.tags.some((tag) => filter.tag.has(tag)) : filter.tag.has(NONE);
  }
}

function count(row: Row, facet: Facet, counts: Counts): void {
  const held = counts[facet];
  const add = (value: string) => held.set(value, (held.get(value) ?? 0) + 1);
  if (facet === "state") add(stateOf(row));
  else if (facet === "client") add(row.client);
  else if (facet === "category") add(row.category ?? NONE);
  else if (row.tags.length === 0) add(NONE);
  else for (const tag of row.tags) add(tag);
}

function textOf(row: Row, clientName: (client: string) => string): string {
  row.text ??= [row.name, row.client, clientName(row.client), row.category, ...row.tags].join("\n").toLowerCase();
  return row.text;
}

function matches(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
