// The payloads and frames of the contract, as far as a page reads them. Units: bytes, bytes per second, seconds,
// percent 0-100, ISO 8601 in UTC. `null` is "unknown" or "does not apply".

export type State =
  | "queued"
  | "metadata"
  | "downloading"
  | "stalled"
  | "paused"
  | "checking"
  | "processing"
  | "seeding"
  | "completed"
  | "failed"
  | "unknown";
export type Stage = "verifying" | "repairing" | "extracting" | "moving" | "script";
export type Protocol = "torrent" | "usenet" | "http";
export type Control = "off" | "safe" | "full";
export type ClientState = "online" | "offline" | "unauthorized" | "error" | "starting";
export type EventType =
  "added" | "started" | "paused" | "resumed" | "stalled" | "completed" | "failed" | "removed" | "state_changed";

export interface Download {
  id: string;
  native_id: string;
  client: string;
  kind: string;
  protocol: Protocol;
  name: string;
  state: State;
  native_state: string;
  stage: Stage | null;
  progress: number | null;
  size: number | null;
  downloaded: number | null;
  uploaded: number | null;
  download_rate: number | null;
  upload_rate: number | null;
  eta: number | null;
  ratio: number | null;
  seeds: number | null;
  peers: number | null;
  category: string | null;
  tags: string[];
  path: string | null;
  queue_position: number | null;
  added_at: string | null;
  completed_at: string | null;
  error: string | null;
  warning: string | null;
  updated_at: string;
}

export interface ClientStats {
  download_rate: number | null;
  upload_rate: number | null;
  download_limit: number | null;
  upload_limit: number | null;
  alternative_limits: boolean | null;
  free_space: number | null;
  total: number;
  counts: Record<State, number>;
  downloaded_total: number | null;
  uploaded_total: number | null;
  poll_seconds: number | null;
}

export interface Client {
  client: string;
  bridge: string;
  kind: string;
  protocol: Protocol;
  name: string;
  state: ClientState;
  error: string | null;
  version: string | null;
  abilities: string[];
  last_ok: string | null;
  since: string;
  available: boolean;
  stats: ClientStats | null;
}

export interface Bridge {
  bridge: string;
  state: "online" | "offline";
  info: { version: string; control: Control; started_at: string } | null;
  health: { uptime: number; at: string } | null;
}

export interface DownloadEvent {
  seq: number;
  event: EventType;
  client: string;
  id: string;
  name: string;
  from: State | null;
  to: State | null;
  at: string;
  download: Download;
}

export interface Notice {
  type: string;
  message: string;
  data: Record<string, unknown> | null;
  at: string;
}

export interface Snapshot {
  broker: boolean;
  bridges: Bridge[];
  clients: Client[];
  downloads: Download[];
  /** Home Assistant's component says here what the relay says in `hello`. */
  control?: Control;
}

/** What changed: an absent key is unchanged; a client or bridge that is `null` is gone. */
export interface Delta {
  broker?: boolean;
  control?: Control;
  set?: Record<string, Partial<Download>>;
  del?: string[];
  clients?: Record<string, Partial<Client> | null>;
  bridges?: Record<string, Partial<Bridge> | null>;
  events?: DownloadEvent[];
  missed_events?: number;
}

export interface ResponseError {
  code: string;
  message: string;
}

export interface Response {
  transaction?: string | null;
  status: "ok" | "error";
  data?: unknown;
  error?: ResponseError | null;
}

export type Frame =
  | { t: "hello"; v: number; epoch: string; seq: number; heartbeat: number; recovered: boolean; control: Control }
  | ({ t: "snapshot"; seq: number } & Snapshot)
  | ({ t: "delta"; seq: number; prev: number } & Delta)
  | ({ t: "event" } & DownloadEvent)
  | { t: "heartbeat"; seq: number; at: string }
  | ({ t: "notification"; seq: number } & Notice)
  | ({ t: "response" } & Response)
  | { t: "error"; code: string; message: string };
