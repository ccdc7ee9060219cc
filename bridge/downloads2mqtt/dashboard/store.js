// What the relay told: bridges, clients, downloads. Knows frames, and nothing of the page.

import { stateOf } from "./states.js";

const NAMED = ["name", "category", "tags"];
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export class Store {
  constructor() {
    this.connected = false;
    this.clockAhead = 0; // milliseconds by which the relay's clock is ahead of ours
    this.seq = null;
    this.broker = true;
    this.bridges = new Map();
    this.clients = new Map();
    this.downloads = new Map();
    this.changed = new Set(); // keys of downloads to draw again
    this.fields = new Set(); // which of their fields differ
    this.relisted = true; // whether downloads came or went, or all look different
    this.byName = [];
    this.heard = new Map(); // when a client last said anything
  }

  /** Take in one frame; false when it does not follow from the one before. */
  apply(frame) {
    switch (frame.t) {
      case "snapshot": this.#snapshot(frame); break;
      case "delta": return this.#delta(frame);
      case "event": this.seq = frame.seq; break;
      case "heartbeat": this.clockAhead = Date.parse(frame.at) - Date.now(); break;
    }
    return true;
  }

  now() {
    return Date.now() + this.clockAhead;
  }

  client(download) {
    return this.clients.get(download.client);
  }

  available(download) {
    return this.broker && (this.client(download)?.available ?? false);
  }

  /** All downloads by name. Sorting anew what is sorted but for a few is cheap, so it is kept. */
  named() {
    if (this.relisted || this.fields.has("name")) {
      const kept = this.byName.filter((row) => this.downloads.get(row.key) === row);
      const known = new Set(kept);
      for (const row of this.downloads.values()) if (!known.has(row)) kept.push(row);
      this.byName = kept.sort((a, b) => collator.compare(a.name, b.name) || (a.key < b.key ? -1 : 1));
    }
    return this.byName;
  }

  /** What changed has been drawn. */
  drawn() {
    this.changed = new Set();
    this.fields = new Set();
    this.relisted = false;
  }

  #snapshot(frame) {
    this.seq = frame.seq;
    this.broker = frame.broker;
    this.bridges = new Map(frame.bridges.map((bridge) => [bridge.bridge, bridge]));
    this.clients = new Map(frame.clients.map((client) => [client.client, client]));
    this.downloads = new Map(frame.downloads.map((row) => [`${row.client}:${row.id}`, this.#row(row)]));
    this.relisted = true;
  }

  #delta(frame) {
    if (frame.prev !== this.seq) return false;
    this.seq = frame.seq;
    if (frame.broker !== undefined && frame.broker !== this.broker) {
      this.broker = frame.broker;
      this.relisted = true;
    }
    for (const [key, fields] of Object.entries(frame.set ?? {})) this.#set(key, fields);
    for (const key of frame.del ?? []) this.downloads.delete(key);
    if (frame.del?.length) this.relisted = true;
    this.#merge(this.bridges, frame.bridges);
    this.#merge(this.clients, frame.clients);
    for (const name of Object.keys(frame.clients ?? {})) this.#heardOf(name);
    return true;
  }

  #set(key, fields) {
    const row = this.downloads.get(key);
    this.#heardOf((row ?? fields).client);
    if (row === undefined) {
      this.downloads.set(key, this.#row(fields));
      this.relisted = true;
    } else {
      Object.assign(row, fields);
      for (const field in fields) this.fields.add(field);
      if (NAMED.some((field) => field in fields)) row.text = null;
    }
    this.changed.add(key);
  }

  #row(fields) {
    return Object.assign(fields, { text: null, key: `${fields.client}:${fields.id}` });
  }

  #merge(held, told) {
    for (const [key, fields] of Object.entries(told ?? {})) {
      if (fields === null) held.delete(key);
      else held.set(key, { ...held.get(key), ...fields });
      this.relisted ||= fields === null || "available" in fields || "name" in fields;
    }
  }

  #heardOf(client) {
    this.heard.set(client, this.now());
  }
}

/** The words by which a download is found, in lower case; made when first looked for. */
export function textOf(row, client) {
  row.text ??= [row.name, row.client, client?.name, row.category, ...(row.tags ?? [])].join(" ").toLowerCase();
  return row.text;
}

const unknownLast = (value, direction) => value ?? direction * Number.MAX_VALUE;
const SORTS = {
  name: { fields: ["name"], by: null },
  progress: { fields: ["progress"], by: (row, direction) => unknownLast(row.progress, direction) },
  rate: { fields: ["download_rate", "upload_rate"], by: (row) => (row.download_rate ?? 0) + (row.upload_rate ?? 0) },
  eta: { fields: ["eta"], by: (row, direction) => unknownLast(row.eta, direction) },
  state: { fields: ["state"], by: (row) => stateOf(row).rank },
};

/** Whether what changed since the last drawing may change which downloads are listed, or in which order. */
export function moves(store, { sort, words }) {
  const seen = ["state", "name", ...SORTS[sort].fields, ...(words.length ? NAMED : [])];
  return store.relisted || seen.some((field) => store.fields.has(field));
}

/** The downloads that match, in order; and how many of each group there would be. */
export function select(store, { words, client, group, sort, direction }) {
  const counts = { all: 0, active: 0, waiting: 0, done: 0, failed: 0 };
  const rows = [];
  for (const row of store.named()) {
    if (client !== null && row.client !== client) continue;
    if (words.length && !matches(textOf(row, store.client(row)), words)) continue;
    const its = stateOf(row).group;
    counts.all += 1;
    counts[its] += 1;
    if (group === "all" || group === its) rows.push(row);
  }
  const { by } = SORTS[sort];
  if (by !== null) rows.sort((a, b) => direction * (by(a, direction) - by(b, direction)));
  else if (direction < 0) rows.reverse();
  return { rows, counts };
}

function matches(haystack, words) {
  return words.every((word) => haystack.includes(word));
}
