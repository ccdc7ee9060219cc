// Payloads of the contract for tests, short to write.

import type { Bridge, Client, Control, Download, DownloadEvent, Snapshot } from "../src/data/contract.ts";

export const AT = "2026-11-21T10:00:00Z";

export function download(id = "a", fields: Partial<Download> = {}): Download {
  return {
    id,
    native_id: id,
    client: "seedbox",
    kind: "qbittorrent",
    protocol: "torrent",
    name: `name of ${id}`,
    state: "downloading",
    native_state: "downloading",
    stage: null,
    progress: 10,
    size: 1000,
    downloaded: 100,
    uploaded: 0,
    download_rate: 0,
    upload_rate: 0,
    eta: null,
    ratio: 0,
    seeds: null,
    peers: null,
    category: null,
    tags: [],
    path: null,
    queue_position: null,
    added_at: AT,
    completed_at: null,
    error: null,
    warning: null,
    updated_at: AT,
    ...fields,
  };
}

export function client(name = "seedbox", fields: Partial<Client> = {}): Client {
  return {
    client: name,
    bridge: "main",
    kind: "qbittorrent",
    protocol: "torrent",
    name: name.slice(0, 1).toUpperCase() + name.slice(1),
    state: "online",
    error: null,
    version: "5.1",
    abilities: ["add", "pause", "resume", "recheck", "remove"],
    last_ok: AT,
    since: AT,
    available: true,
    stats: null,
    ...fields,
  };
}

export function bridge(name = "main", fields: Partial<Bridge> = {}): Bridge {
  return { bridge: name, state: "online", info: null, health: null, ...fields };
}

/** A bridge that allows so much. */
export function allowing(name: string, control: Control): Bridge {
  return bridge(name, { info: { version: "0.1.0", control, started_at: AT } });
}

export function snapshot(downloads: Download[] = [], fields: Partial<Snapshot> = {}): Snapshot {
  return { broker: true, bridges: [allowing("main", "full")], clients: [client()], downloads, ...fields };
}

export function event(id = "a", fields: Partial<DownloadEvent> = {}): DownloadEvent {
  const last = download(id, { state: "completed" });
  return {
    seq: 1,
    event: "completed",
    client: "seedbox",
    id,
    name: last.name,
    from: "downloading",
    to: "completed",
    at: AT,
    download: last,
    ...fields,
  };
}
