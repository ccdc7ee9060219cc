// The rates of the last minutes, a sample per second, for the small curve and the chart.

import type { Client } from "./contract.ts";

const SAMPLES = 600;

/** `at` in milliseconds since 1970, rates in bytes per second; `null` while nothing was known. */
export interface Sample {
  at: number;
  down: number | null;
  up: number | null;
}

export class Rates {
  readonly samples: Sample[] = [];

  take(at: number, sum: { down: number; up: number } | null): void {
    this.samples.push({ at, down: sum?.down ?? null, up: sum?.up ?? null });
    if (this.samples.length > SAMPLES) this.samples.shift();
  }
}

/** The rates of all clients of which something current is known. */
export function totals(clients: Iterable<Client>): { down: number; up: number } {
  let [down, up] = [0, 0];
  for (const { available, stats } of clients) {
    if (!available) continue;
    down += stats?.download_rate ?? 0;
    up += stats?.upload_rate ?? 0;
  }
  return { down, up };
}
