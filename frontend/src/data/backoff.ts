// How long to wait before the next try: twice as long each time, and never all readers at once.

const FIRST = 500;
const LONGEST = 30_000;

export class Backoff {
  #tries = 0;

  constructor(
    private readonly random: () => number = Math.random,
    private readonly longest = LONGEST,
  ) {}

  /** Milliseconds to wait: between half and one and a half of the step. */
  next(): number {
    const step = Math.min(this.longest, FIRST * 2 ** this.#tries);
    this.#tries += 1;
    return step * (0.5 + this.random());
  }

  reset(): void {
    this.#tries = 0;
  }
}
