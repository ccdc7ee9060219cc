// An array that is kept in order: what moved is taken out and put where it belongs, the rest is not compared again.

type Compare<T> = (a: T, b: T) => number;

export class Ordered<T> {
  items: T[] = [];

  constructor(private compare: Compare<T>) {}

  reset(items: Iterable<T>, compare: Compare<T> = this.compare): void {
    this.compare = compare;
    this.items = [...items].sort(compare);
  }

  /** Take out what is `gone`, and put `moved` (known or new) in its place. */
  update(moved: ReadonlySet<T>, gone: ReadonlySet<T>): void {
    const kept = this.items.filter((item) => !moved.has(item) && !gone.has(item));
    const placed = [...moved].filter((item) => !gone.has(item)).sort(this.compare);
    const merged: T[] = [];
    let from = 0;
    for (const item of placed) {
      const place = this.#place(kept, item, from);
      for (; from < place; from += 1) merged.push(kept[from] as T);
      merged.push(item);
    }
    for (; from < kept.length; from += 1) merged.push(kept[from] as T);
    this.items = merged;
  }

  #place(items: T[], item: T, from: number): number {
    let low = from;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(items[middle] as T, item) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
