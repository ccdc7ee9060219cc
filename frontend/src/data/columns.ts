// The columns of the list: which are shown, in which order and how wide. The name is always there, and first.

import type { Memory } from "./memory.ts";
import { SORTS } from "./sort.ts";
import type { SortKey } from "./sort.ts";

export type Column = SortKey;

/** Widths in --d2m-unit, which is a rem on the page; the name takes what is left. */
const WIDTHS: Record<Column, number> = {
  name: 13,
  state: 8.6,
  progress: 9,
  size: 5.2,
  downloaded: 5.8,
  uploaded: 5.8,
  download_rate: 6,
  upload_rate: 6,
  eta: 5.8,
  ratio: 4,
  seeds: 4,
  peers: 4,
  client: 6.5,
  category: 7,
  tags: 8,
  queue_position: 4,
  added_at: 8,
  completed_at: 8,
  protocol: 5.5,
  path: 14,
};
const DEFAULT: Column[] = [
  "name",
  "state",
  "progress",
  "size",
  "download_rate",
  "upload_rate",
  "eta",
  "ratio",
  "client",
];
const NARROWEST = 3;
const WIDEST = 60;

export class Columns {
  shown: Column[];
  readonly #widths: Map<Column, number>;

  constructor(private readonly memory: Memory) {
    this.shown = shownOf(memory.read("columns"));
    this.#widths = widthsOf(memory.read("widths"));
  }

  /** All, those that are shown first. */
  get all(): Column[] {
    return [...this.shown, ...SORTS.filter((column) => !this.shown.includes(column))];
  }

  /** The least width of all that are shown. */
  get total(): number {
    return this.shown.reduce((sum, column) => sum + this.width(column), 0);
  }

  width(column: Column): number {
    return this.#widths.get(column) ?? WIDTHS[column];
  }

  isResized(column: Column): boolean {
    return this.#widths.has(column);
  }

  /** Set a width, or with `null` the usual one. */
  resize(column: Column, width: number | null): void {
    if (width === null) this.#widths.delete(column);
    else this.#widths.set(column, Math.min(WIDEST, Math.max(NARROWEST, width)));
    this.memory.write("widths", Object.fromEntries(this.#widths));
  }

  show(column: Column, shown: boolean): void {
    if (column === "name" || shown === this.shown.includes(column)) return;
    this.#set(shown ? [...this.shown, column] : this.shown.filter((other) => other !== column));
  }

  /** Move a shown column by so many places. */
  move(column: Column, by: number): void {
    const from = this.shown.indexOf(column);
    const to = Math.min(this.shown.length - 1, Math.max(1, from + by));
    if (from < 1 || from === to) return;
    const order = this.shown.filter((other) => other !== column);
    order.splice(to, 0, column);
    this.#set(order);
  }

  reset(): void {
    this.#widths.clear();
    this.memory.write("widths", {});
    this.#set([...DEFAULT]);
  }

  #set(shown: Column[]): void {
    this.shown = shown;
    this.memory.write("columns", shown);
  }
}

function isColumn(value: unknown): value is Column {
  return SORTS.some((column) => column === value);
}

function shownOf(told: unknown): Column[] {
  if (!Array.isArray(told)) return [...DEFAULT];
  const known = [...new Set(told.filter(isColumn))].filter((column) => column !== "name");
  return ["name", ...known];
}

function widthsOf(told: unknown): Map<Column, number> {
  const entries = typeof told === "object" && told !== null ? Object.entries(told) : [];
  return new Map(entries.filter((entry): entry is [Column, number] => isColumn(entry[0]) && Number.isFinite(entry[1])));
}
