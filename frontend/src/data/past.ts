// What bridges remember of the past: events of a download that finished, and rates.

import type { DownloadEvent } from "./contract.ts";
import type { Sample } from "./rates.ts";
import { RequestFailure } from "./source.ts";
import type { DownloadSource } from "./source.ts";
import type { Row, Store } from "./store.ts";

const PAGE = 1000; // as many as a bridge gives at once
const MOST_PAGES = 5;
const MINUTE = 60_000;

interface HistoryPage {
  finished: DownloadEvent[];
  rates: { at: string; download_rate: number; upload_rate: number }[];
  next: string | null;
}

/** The finished events of one download, as its bridge remembers them. Rejects with `RequestFailure`. */
export async function pastEvents(source: DownloadSource, store: Store, row: Row): Promise<DownloadEvent[]> {
  const bridge = store.clients.get(row.client)?.bridge;
  if (bridge === undefined) return [];
  return (await finishedEvents(source, bridge, row.client, row.added_at)).filter((event) => event.id === row.id);
}

/** What finished at a client since then, newest first, as its bridge remembers it. Rejects with `RequestFailure`. */
export async function finishedEvents(
  source: DownloadSource,
  bridge: string,
  client: string,
  since: string | null,
): Promise<DownloadEvent[]> {
  const found: DownloadEvent[] = [];
  let before: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const from = { ...(since === null ? {} : { since }), ...(before === null ? {} : { before }) };
    const told = (await source.request(`bridge/${bridge}`, "history", { client, limit: PAGE, ...from })) as HistoryPage;
    found.push(...told.finished);
    before = told.next;
    if (before === null) break;
  }
  return found;
}

/** Events told live and remembered, each once, newest first. */
export function together(...sources: readonly DownloadEvent[][]): DownloadEvent[] {
  const byMoment = new Map(sources.flat().map((event) => [`${event.event} ${event.at} ${event.to}`, event]));
  return [...byMoment.values()].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

/**
 * Mean rates of `client`, or of all together with "", over the last `span` milliseconds. Rejects with `RequestFailure`.
 * Who does not see all clients of a bridge may not ask for all, but for each.
 */
export async function pastRates(source: DownloadSource, store: Store, client: string, span: number): Promise<Sample[]> {
  const until = Math.floor(store.now() / MINUTE) * MINUTE;
  const range = { since: new Date(until - span).toISOString(), until: new Date(until).toISOString() };
  const ask = async (bridge: string, of: string): Promise<Sample[]> => {
    const fields = { limit: 1, ...range, ...(of === "" ? {} : { client: of }) };
    const told = (await source.request(`bridge/${bridge}`, "history", fields)) as HistoryPage;
    return told.rates.map((one) => ({ at: Date.parse(one.at), down: one.download_rate, up: one.upload_rate }));
  };
  const bridges = [...store.bridges.values()].filter(({ state }) => state === "online").map(({ bridge }) => bridge);
  const ofAll = () => Promise.all(bridges.map((bridge) => ask(bridge, "")));
  const ofEach = () => {
    const served = [...store.clients.values()].filter((one) => bridges.includes(one.bridge));
    const wanted = client === "" ? served : served.filter((one) => one.client === client);
    return Promise.all(wanted.map((one) => ask(one.bridge, one.client)));
  };
  if (client !== "") return withGaps(summed(await ofEach()));
  return withGaps(summed(await ofAll().catch((failure: unknown) => onlyEach(failure, ofEach))));
}

function onlyEach<T>(failure: unknown, ask: () => Promise<T>): Promise<T> {
  if (failure instanceof RequestFailure && failure.code === "forbidden") return ask();
  throw failure;
}

/** What several bridges measured at the same times, added up. */
export function summed(series: readonly Sample[][]): Sample[] {
  const sums = new Map<number, Sample>();
  for (const { at, down, up } of series.flat()) {
    const sum = sums.get(at);
    sums.set(at, { at, down: (sum?.down ?? 0) + (down ?? 0), up: (sum?.up ?? 0) + (up ?? 0) });
  }
  return [...sums.values()].sort((one, other) => one.at - other.at);
}

/** With a sample of nothing wherever some are missing, so that no line is drawn across. */
export function withGaps(samples: readonly Sample[]): Sample[] {
  const steps = samples.slice(1).map(({ at }, index) => at - (samples[index]?.at ?? at));
  const step = Math.max(MINUTE, Math.min(...steps));
  return samples.flatMap((sample, index) => {
    const before = samples[index - 1];
    const gap = before !== undefined && sample.at - before.at > step * 1.5;
    return gap ? [{ at: before.at + step, down: null, up: null }, sample] : [sample];
  });
}

export interface Digest {
  peak: { at: number; rate: number } | null;
  mean: number | null;
  /** Bytes, as far as the samples tell. */
  sum: number;
}

/** What the samples come to: their highest, their mean, and what was transferred in all. */
export function digestOf(samples: readonly Sample[], which: "down" | "up"): Digest {
  const known = samples.flatMap(({ at, [which]: rate }) => (rate === null ? [] : [{ at, rate }]));
  if (known.length === 0) return { peak: null, mean: null, sum: 0 };
  const total = known.reduce((sum, { rate }) => sum + rate, 0);
  const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0];
  const mean = total / known.length;
  const covered = samples.length > 1 ? ((last - first) / (samples.length - 1)) * known.length : 0;
  return {
    peak: known.reduce((most, one) => (one.rate > most.rate ? one : most)),
    mean,
    sum: (mean * covered) / 1000,
  };
}
