// The columns of the list: which are shown, in which order and how wide. The name is always there, and first.

import type { Memory } from "./memory.ts";
import { SORTS } from "./sort.ts";
import type { Sort, SortKey } from "./sort.ts";

export type Column = SortKey;

interface Traits {
  /** In --d2m-unit, which is a rem on the page; the name takes what is left. */
  width: number;
  /** A figure stands at the end of its cell, below others. */
  figure?: true;
  /** What is big, or new, comes first. */
  falling?: true;
}

const TRAITS: Record<Column, Traits> = {
  name: { width: 10.6 },
  state: { width: 8.6 },
  progress: { width: 8.2, falling: true },
  size: { width: 5.2, figure: true, falling: true },
  downloaded: { width: 5.8, figure: true, falling: true },
  uploaded: { width: 5.8, figure: true, falling: true },
  download_rate: { width: 6, figure: true, falling: true },
  upload_rate: { width: 6, figure: true, falling: true },
  eta: { width: 5.8, figure: true },
  ratio: { width: 4, figure: true, falling: true },
  seeds: { width: 4, figure: true, falling: true },
  peers: { width: 4, figure: true, falling: true },
  client: { width: 5.6 },
  category: { width: 7 },
  tags: { width: 8 },
  queue_position: { width: 4, figure: true },
  added_at: { width: 8, falling: true },
  completed_at: { width: 8, falling: true },
  protocol: { width: 5.5 },
  path: { width: 14 },
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
    return this.#widths.get(column) ?? TRAITS[column].width;
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

export function isFigure(column: Column): boolean {
  return TRAITS[column].figure ?? false;
}

/** The direction in which a list is first sorted by a column. */
export function firstDirection(column: Column): Sort["direction"] {
  return TRAITS[column].falling ? -1 : 1;
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
