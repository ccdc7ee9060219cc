// All that the components share: what the source told, how it is listed, what is selected, and what can be asked. It
// tells them at most once per animation frame that something changed.

import { Columns, firstDirection } from "./columns.ts";
import { Commands } from "./commands.ts";
import type { DownloadEvent, Notice } from "./contract.ts";
import { EVERYTHING } from "./filter.ts";
import type { Facet, Filter } from "./filter.ts";
import { Listing } from "./listing.ts";
import type { Memory } from "./memory.ts";
import { Missed } from "./missed.ts";
import { Rates, totals } from "./rates.ts";
import { Selection } from "./selection.ts";
import type { Row } from "./store.ts";
import { SORTS } from "./sort.ts";
import type { Sort, SortKey } from "./sort.ts";
import type { DownloadSource } from "./source.ts";
import { Store } from "./store.ts";
import { Toasts } from "./toasts.ts";

const TICK = 1000; // ages and times to the next try are told anew
const HIDDEN = 1000; // a hidden page has no animation frames

export class Model {
  readonly store: Store;
  readonly listing: Listing;
  readonly selection = new Selection();
  readonly columns: Columns;
  readonly toasts: Toasts;
  readonly commands: Commands;
  readonly rates = new Rates();
  /** The download whose drawer is open. */
  opened: string | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #eventListeners = new Set<(event: DownloadEvent) => void>();
  readonly #noticeListeners = new Set<(notice: Notice) => void>();
  readonly #missed: Missed;
  #due = false;
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly source: DownloadSource,
    private readonly memory: Memory,
  ) {
    this.toasts = new Toasts(this.touch);
    this.store = new Store(
      this.touch,
      (event) => this.#eventListeners.forEach((hear) => hear(event)),
      (notice) => this.#noticeListeners.forEach((hear) => hear(notice)),
    );
    this.#missed = new Missed(source, this.store);
    this.listing = new Listing(this.store);
    this.columns = new Columns(memory);
    this.commands = new Commands(this.store, source, this.toasts);
    this.listing.sort = sortOf(memory.read("sort"));
  }

  start(): void {
    this.source.start(this.store);
    this.#ticker = setInterval(this.#tick, TICK);
  }

  stop(): void {
    this.source.stop();
    clearInterval(this.#ticker);
  }

  /** Hear, at most once per frame, that anything changed; returns what ends that. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hear each event as it comes; returns what ends that. */
  onEvent(listener: (event: DownloadEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** Hear each notification as it comes; returns what ends that. */
  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  /** Something changed: tell the components with the next frame. */
  touch = (): void => {
    if (this.#due) return;
    this.#due = true;
    if (globalThis.document?.hidden ?? true) setTimeout(this.#flush, HIDDEN);
    else requestAnimationFrame(this.#flush);
  };

  get filter(): Filter {
    return this.listing.filter;
  }

  narrow(change: Partial<Filter>): void {
    this.listing.filter = { ...this.listing.filter, ...change };
    this.touch();
  }

  /** Choose a value of a facet alone, or with `more` beside what is chosen; again to let go of it. */
  choose(facet: Facet, values: readonly string[], more: boolean): void {
    const chosen = this.listing.filter[facet] as ReadonlySet<string>;
    const on = values.every((value) => chosen.has(value)) && (more || chosen.size === values.length);
    const next = new Set(more ? chosen : []);
    for (const value of values) {
      if (on) next.delete(value);
      else next.add(value);
    }
    this.narrow({ [facet]: next });
  }

  showEverything(): void {
    this.narrow(EVERYTHING);
  }

  sortBy(by: SortKey, direction?: Sort["direction"]): void {
    const { sort } = this.listing;
    const turned = sort.direction === 1 ? -1 : 1;
    this.listing.sort = { by, direction: direction ?? (by === sort.by ? turned : firstDirection(by)) };
    this.memory.write("sort", this.listing.sort);
    this.touch();
  }

  open(key: string | null): void {
    this.opened = key;
    this.touch();
  }

  /** The selected downloads, in the order of the list. */
  get selected(): Row[] {
    return this.listing.rows.filter((row) => this.selection.has(row.key));
  }

  #tick = (): void => {
    const { store } = this;
    this.rates.take(Date.now(), store.live && store.broker ? totals(store.clients.values()) : null);
    this.touch();
  };

  #flush = (): void => {
    this.#due = false;
    this.#missed.look();
    this.listing.update(this.store.take());
    this.selection.prune(this.store.downloads);
    for (const listener of this.#listeners) listener();
  };
}

function sortOf(told: unknown): Sort {
  const { by, direction } = (told ?? {}) as Partial<Sort>;
  const known = SORTS.find((sort) => sort === by);
  return { by: known ?? "state", direction: known !== undefined && direction === -1 ? -1 : 1 };
}
