// Which downloads are selected, and which of them the keyboard is at.

import type { Row } from "./store.ts";

export class Selection {
  readonly keys = new Set<string>();
  /** The row that arrow keys move from. */
  active: string | null = null;
  #anchor: string | null = null;

  get size(): number {
    return this.keys.size;
  }

  has(key: string): boolean {
    return this.keys.has(key);
  }

  only(key: string): void {
    this.keys.clear();
    this.keys.add(key);
    this.active = this.#anchor = key;
  }

  toggle(key: string): void {
    if (!this.keys.delete(key)) this.keys.add(key);
    this.active = this.#anchor = key;
  }

  /** From where the last selection began to `key`. */
  extend(rows: readonly Row[], key: string): void {
    const anchor = this.#anchor ?? this.active ?? key;
    const from = rows.findIndex((row) => row.key === anchor);
    const to = rows.findIndex((row) => row.key === key);
    if (to < 0) return;
    this.keys.clear();
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    for (const row of rows.slice(first, last + 1)) this.keys.add(row.key);
    this.#anchor = from < 0 ? key : anchor;
    this.active = key;
  }

  /** Go to a row without selecting it. */
  move(key: string): void {
    this.active = key;
  }

  all(rows: readonly Row[]): void {
    for (const row of rows) this.keys.add(row.key);
  }

  clear(): void {
    this.keys.clear();
    this.#anchor = null;
  }

  /** Let go of what is no longer listed: nobody should remove what they do not see. */
  prune(rows: ReadonlyMap<string, Row>): void {
    for (const key of this.keys) if (!rows.get(key)?.shown) this.keys.delete(key);
    if (this.active !== null && !rows.get(this.active)?.shown) this.active = null;
    if (this.#anchor !== null && !rows.get(this.#anchor)?.shown) this.#anchor = null;
  }
}
