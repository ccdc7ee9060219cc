// By what the list can be sorted. Unknown comes last whichever way it is turned; ties are by name.

import { rankOf } from "./states.ts";
import type { Row } from "./store.ts";

export const SORTS = [
  "name",
  "state",
  "progress",
  "size",
  "downloaded",
  "uploaded",
  "download_rate",
  "upload_rate",
  "eta",
  "ratio",
  "seeds",
  "peers",
  "client",
  "category",
  "tags",
  "queue_position",
  "added_at",
  "completed_at",
  "protocol",
  "path",
] as const;
export type SortKey = (typeof SORTS)[number];

export interface Sort {
  by: SortKey;
  direction: 1 | -1;
}

type Value = number | string | null;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export function byName(a: Row, b: Row): number {
  return collator.compare(a.name, b.name) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** Compares rows whose `rank` is their place by name; `clientName` turns a client's level into its name. */
export function comparison(sort: Sort, clientName: (client: string) => string): (a: Row, b: Row) => number {
  const { by, direction } = sort;
  if (by === "name") return (a, b) => direction * (a.rank - b.rank);
  const value = valueOf(by, clientName);
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === right) return a.rank - b.rank;
    if (left === null) return 1;
    if (right === null) return -1;
    const difference =
      typeof left === "number" && typeof right === "number" ? left - right : collator.compare(`${left}`, `${right}`);
    return direction * difference || a.rank - b.rank;
  };
}

function valueOf(by: Exclude<SortKey, "name">, clientName: (client: string) => string): (row: Row) => Value {
  switch (by) {
    case "state":
      return rankOf;
    case "client":
      return (row) => clientName(row.client);
    case "tags":
      return (row) => (row.tags.length ? row.tags.join(", ") : null);
    default:
      return (row) => row[by];
  }
}
