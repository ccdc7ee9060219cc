// The list as it is shown: filtered, in order, and brought up to date with as little work as what changed allows.

import { EVERYTHING, FILTERED_BY, narrow } from "./filter.ts";
import type { Counts, Filter } from "./filter.ts";
import { Ordered } from "./ordered.ts";
import { byName, comparison } from "./sort.ts";
import type { Sort } from "./sort.ts";
import type { Change, Row, Store } from "./store.ts";

const NO_COUNTS: Counts = { state: new Map(), client: new Map(), category: new Map(), tag: new Map() };

export class Listing {
  rows: readonly Row[] = [];
  counts: Counts = NO_COUNTS;
  /** Rises whenever `rows` is another list. */
  version = 0;
  #filter: Filter = EVERYTHING;
  #sort: Sort = { by: "state", direction: 1 };
  #resort = true;
  #refilter = true;
  readonly #byName = new Ordered<Row>(byName);
  readonly #order = new Ordered<Row>(byName);

  constructor(private readonly store: Store) {}

  get filter(): Filter {
    return this.#filter;
  }

  set filter(filter: Filter) {
    this.#filter = filter;
    this.#refilter = true;
  }

  get sort(): Sort {
    return this.#sort;
  }

  set sort(sort: Sort) {
    this.#sort = sort;
    this.#resort = true;
  }

  /** Take in what changed in the store, and what was set here. */
  update(change: Change): void {
    const came = change.added.length > 0 || change.removed.size > 0;
    const renamed = change.fields.has("name");
    if (change.all) this.#byName.reset(this.store.downloads.values());
    else if (came || renamed)
      this.#byName.update(new Set([...change.added, ...(renamed ? change.changed : [])]), change.removed);
    if (change.all || came || renamed) this.#byName.items.forEach((row, rank) => (row.rank = rank));

    const moved = came || renamed || change.fields.has(this.#sort.by);
    if (change.all || this.#resort)
      this.#order.reset(this.store.downloads.values(), comparison(this.#sort, this.#clientName));
    else if (moved) this.#order.update(new Set([...change.added, ...change.changed]), change.removed);

    const refiltered = came || [...change.fields].some((field) => FILTERED_BY.has(field));
    if (change.all || this.#refilter || refiltered) this.#narrow();
    else if (this.#resort || moved) this.#reorder();
    this.#resort = this.#refilter = false;
  }

  /** The same downloads in another order. */
  #reorder(): void {
    this.rows = this.#order.items.filter((row) => row.shown);
    this.version += 1;
  }

  #narrow(): void {
    ({ rows: this.rows, counts: this.counts } = narrow(this.#order.items, this.#filter, this.#clientName));
    this.version += 1;
  }

  #clientName = (client: string): string => this.store.clients.get(client)?.name ?? client;
}
