// What this reader may ask of which downloads and clients, and the asking.

import { t } from "../text/language.ts";
import type { Control } from "./contract.ts";
import { stricter } from "./control.ts";
import { RequestFailure } from "./source.ts";
import type { ClientVerb, DownloadSource, Fields } from "./source.ts";
import { stateOf } from "./states.ts";
import type { Row, Store } from "./store.ts";
import type { Toasts } from "./toasts.ts";

/** Verbs that take downloads. */
export const ROW_VERBS = ["resume", "pause", "recheck", "reannounce", "remove"] as const;
export type RowVerb = (typeof ROW_VERBS)[number];

const PAUSABLE = new Set([
  "queued",
  "metadata",
  "downloading",
  "stalled",
  "checking",
  "processing",
  "seeding",
  "unknown",
]);
const RESUMABLE = new Set(["paused", "failed", "completed", "unknown"]);

export class Commands {
  constructor(
    private readonly store: Store,
    private readonly source: DownloadSource,
    private readonly toasts: Toasts,
  ) {}

  /** What this reader may ask of a client: no more than its bridge allows. */
  control(client: string): Control {
    const bridge = this.store.bridges.get(this.store.clients.get(client)?.bridge ?? "");
    return stricter(this.store.reader.control, bridge?.info?.control ?? "off");
  }

  /** Whether this reader may ask anything of any of these clients, be they there or not. */
  allowed(clients: Iterable<string> = this.store.clients.keys()): boolean {
    return [...clients].some((client) => this.control(client) !== "off");
  }

  /** Those of `rows` whose data this reader may delete. */
  deletable(rows: readonly Row[]): Row[] {
    return rows.filter((row) => this.control(row.client) === "full");
  }

  /** Whether `client` would take `verb` from this reader now. */
  takes(client: string, verb: ClientVerb): boolean {
    if (!this.store.available(client)) return false;
    if (verb === "poll") return this.store.reader.polls ?? true;
    return this.control(client) !== "off" && (this.store.clients.get(client)?.abilities.includes(verb) ?? false);
  }

  /** The clients that would take `verb` now. */
  taking(verb: ClientVerb): string[] {
    return [...this.store.clients.keys()].filter((client) => this.takes(client, verb));
  }

  /** Those of `rows` to which `verb` can be done now and makes a difference. */
  fitting(verb: RowVerb, rows: Iterable<Row>): Row[] {
    const taking = new Set(this.taking(verb));
    return [...rows].filter((row) => taking.has(row.client) && makesDifference(verb, row));
  }

  /** Ask for `rows`, one request per client; what fails is told in a toast. Says whether all went well. */
  async run(verb: RowVerb, rows: Iterable<Row>, fields: Fields = {}): Promise<boolean> {
    const byClient = grouped(rows);
    const asked = [...byClient].map(([client, its]) =>
      this.ask(client, verb, { ids: its.map((row) => row.id), ...fields }),
    );
    return (await Promise.all(asked)).every(Boolean);
  }

  /** Ask for all downloads of each of `clients`. */
  async runAll(verb: "pause" | "resume" | "recheck", clients: Iterable<string>): Promise<boolean> {
    return (await Promise.all([...clients].map((client) => this.ask(client, verb, { all: true })))).every(Boolean);
  }

  /** Ask one client; what fails is told in a toast. Says whether it went well. */
  async ask(client: string, verb: ClientVerb, fields: Fields = {}): Promise<boolean> {
    try {
      await this.source.request(`client/${client}`, verb, fields);
      return true;
    } catch (failure) {
      const name = this.store.clients.get(client)?.name ?? client;
      this.toasts.show("bad", t("toast.failed", { client: name, verb: t(`verb.${verb}`), reason: reasonOf(failure) }));
      return false;
    }
  }
}

/** Why a request failed, as a sentence. */
export function reasonOf(failure: unknown): string {
  if (!(failure instanceof RequestFailure)) throw failure;
  switch (failure.code) {
    case "disconnected":
    case "interrupted":
    case "timeout":
    case "too_large":
      return failure.message || t(`reason.${failure.code}`);
    default:
      return failure.message || t("reason.failed");
  }
}

function makesDifference(verb: RowVerb, row: Row): boolean {
  const state = stateOf(row);
  switch (verb) {
    case "pause":
      return PAUSABLE.has(state);
    case "resume":
      return RESUMABLE.has(state);
    case "recheck":
    case "reannounce":
      return row.protocol === "torrent";
    case "remove":
      return true;
  }
}

function grouped(rows: Iterable<Row>): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.client);
    if (group === undefined) groups.set(row.client, [row]);
    else group.push(row);
  }
  return groups;
}
