// What the source told: bridges, clients and downloads, and what of them changed since it was last looked at.

import type { Bridge, Client, Delta, Download, DownloadEvent, Notice, Snapshot } from "./contract.ts";
import type { Link, Reader, SourceListener } from "./source.ts";

const REMEMBERED_EVENTS = 500;
const LEEWAY = 5_000; // between the clocks of a bridge and its relay

/** A download as it is held: `key` is `<client>:<id>`, `rank` its place by name, `text` what it is found by. */
export interface Row extends Download {
  key: string;
  rank: number;
  text: string | null;
  shown: boolean;
}

/** What changed since the last look. With `all`, everything may have. */
export interface Change {
  all: boolean;
  added: Row[];
  removed: Set<Row>;
  changed: Set<Row>;
  fields: Set<string>;
}

const NOTHING = (): Change => ({ all: false, added: [], removed: new Set(), changed: new Set(), fields: new Set() });
const FOUND_BY = ["name", "category", "tags"];

export class Store implements SourceListener {
  readonly downloads = new Map<string, Row>();
  bridges = new Map<string, Bridge>();
  clients = new Map<string, Client>();
  /** The latest events, newest last. */
  events: DownloadEvent[] = [];
  link: Link = { phase: "connecting" };
  reader: Reader = { user: null, control: "off" };
  broker = true;
  /** Whether anything was told yet. */
  ready = false;
  /** When the source last said anything, by our clock. */
  lastTold = 0;
  #ahead = 0;
  #toldFirst = 0; // by our clock
  #lost: number | null = null; // when the connection last said anything, while there is none
  #missed: number | null = null;
  #change = NOTHING();
  readonly #heard = new Map<string, number>();

  /** `onChange` hears that there is something to look at; the others hear each event and notice at once. */
  constructor(
    private readonly onChange: () => void,
    private readonly hearEvent: (event: DownloadEvent) => void = () => undefined,
    private readonly hearNotice: (notice: Notice) => void = () => undefined,
  ) {}

  get live(): boolean {
    return this.link.phase === "live";
  }

  /** Whether what is shown is from before: the connection or the broker is lost. */
  get stale(): boolean {
    return this.ready && (!this.live || !this.broker);
  }

  /** Now by the source's clock, in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Whether this client can be asked, and what is shown of it is current. */
  available(client: string): boolean {
    return this.live && this.broker && (this.clients.get(client)?.available ?? false);
  }

  /** When this client last answered its bridge, in milliseconds by the source's clock; 0 for never. */
  answered(client: Client): number {
    const heard = client.available ? (this.#heard.get(client.client) ?? 0) : 0;
    return Math.max(heard, client.last_ok === null ? 0 : Date.parse(client.last_ok));
  }

  /** Take what changed since it was last taken. */
  take(): Change {
    const change = this.#change;
    this.#change = NOTHING();
    return change;
  }

  onLink(link: Link): void {
    if (link.phase === "live") this.#lost = null;
    else if (this.live) this.#lost = this.lastTold;
    this.link = link;
    if (link.phase === "login") this.#forget();
    this.onChange();
  }

  onReader(reader: Reader): void {
    this.reader = reader;
    this.onChange();
  }

  onClock(now: number): void {
    this.#ahead = now - Date.now();
    this.lastTold = Date.now();
  }

  /** Since when, by the source's clock, events were missed that nobody tells by itself; null once that was taken. */
  takeMissed(): number | null {
    const missed = this.#missed;
    this.#missed = null;
    return missed === null ? null : Math.max(missed - LEEWAY, this.#toldFirst) + this.#ahead;
  }

  onSnapshot(snapshot: Snapshot): void {
    if (this.ready) this.#missed ??= this.#lost ?? this.lastTold;
    else this.#toldFirst = Date.now();
    this.broker = snapshot.broker;
    this.bridges = new Map(snapshot.bridges.map((bridge) => [bridge.bridge, bridge]));
    this.clients = new Map(snapshot.clients.map((client) => [client.client, client]));
    this.downloads.clear();
    for (const download of snapshot.downloads) {
      const row = rowOf(download);
      this.downloads.set(row.key, row);
    }
    this.#change.all = true;
    this.ready = true;
    this.#told();
  }

  onDelta(delta: Delta): void {
    if (delta.broker !== undefined) this.broker = delta.broker;
    for (const [key, fields] of Object.entries(delta.set ?? {})) this.#set(key, fields);
    for (const key of delta.del ?? []) this.#remove(key);
    this.#merge(this.bridges, delta.bridges);
    this.#merge(this.clients, delta.clients);
    for (const name of Object.keys(delta.clients ?? {})) this.#heard.set(name, this.now());
    this.#told();
  }

  /** Each once, by whichever way it comes. */
  onEvent(event: DownloadEvent): void {
    if (this.events.some((one) => isSame(one, event))) return;
    this.events.push(event);
    if (this.events.length > REMEMBERED_EVENTS) this.events.splice(0, this.events.length - REMEMBERED_EVENTS);
    this.hearEvent(event);
    this.#told();
  }

  onNotice(notice: Notice): void {
    this.hearNotice(notice);
    this.#told();
  }

  #told(): void {
    this.lastTold = Date.now();
    this.onChange();
  }

  /** Another reader may come next, who must not see what this one saw. */
  #forget(): void {
    this.downloads.clear();
    this.bridges.clear();
    this.clients.clear();
    this.events = [];
    this.ready = false;
    this.#change.all = true;
  }

  #set(key: string, fields: Partial<Download>): void {
    const row = this.downloads.get(key);
    if (row === undefined) {
      const added = rowOf(fields as Download);
      this.downloads.set(key, added);
      this.#change.added.push(added);
      this.#heard.set(added.client, this.now());
      return;
    }
    Object.assign(row, fields);
    for (const field in fields) this.#change.fields.add(field);
    if (FOUND_BY.some((field) => field in fields)) row.text = null;
    this.#change.changed.add(row);
    this.#heard.set(row.client, this.now());
  }

  #remove(key: string): void {
    const row = this.downloads.get(key);
    if (row === undefined) return;
    this.downloads.delete(key);
    this.#change.removed.add(row);
  }

  #merge<T extends Bridge | Client>(held: Map<string, T>, told: Record<string, Partial<T> | null> | undefined): void {
    for (const [key, fields] of Object.entries(told ?? {})) {
      if (fields === null) held.delete(key);
      else held.set(key, { ...held.get(key), ...fields } as T);
      this.#change.all ||= fields === null || "name" in fields;
    }
  }
}

/** What tells events apart by whichever way they come: frames have numbers of their own. */
function isSame(one: DownloadEvent, other: DownloadEvent): boolean {
  return one.at === other.at && one.id === other.id && one.client === other.client && one.event === other.event;
}

function rowOf(download: Download): Row {
  return Object.assign(download, { key: `${download.client}:${download.id}`, rank: 0, text: null, shown: false });
}
