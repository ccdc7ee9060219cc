// Where downloads come from and requests go to: a relay, or Home Assistant. The view knows no more than this.

import type { Control, Delta, DownloadEvent, Notice, Snapshot } from "./contract.ts";

/**
 * How the connection is. `connecting`: under way. `live`: what is shown is current. `waiting`: lost or silent; the next
 * try is at `retryAt` (milliseconds since 1970). `login`: this reader must show who they are, in our own form or, when
 * `form` is false, at whatever stands before the relay.
 */
export type Link =
  | { phase: "connecting" }
  | { phase: "live" }
  | { phase: "waiting"; retryAt: number }
  | { phase: "login"; form: boolean };

/** Who reads, and the most they may ask of any bridge. `user` is null when nobody has to log in. */
export interface Reader {
  user: string | null;
  control: Control;
  /** A relay has clients polled for everybody; where it is false, who may control nothing may not ask for that either. */
  polls?: boolean;
}

export interface SourceListener {
  /** Everything, in place of all that was told before. */
  onSnapshot(snapshot: Snapshot): void;
  onDelta(delta: Delta): void;
  onEvent(event: DownloadEvent): void;
  onNotice(notice: Notice): void;
  onLink(link: Link): void;
  onReader(reader: Reader): void;
  /** The source's clock, in milliseconds since 1970, each time it is told. */
  onClock(now: number): void;
}

export type Topic = `client/${string}` | `bridge/${string}`;
export type ClientVerb = "add" | "pause" | "resume" | "recheck" | "reannounce" | "remove" | "set" | "limits" | "poll";
export type Verb = ClientVerb | "find" | "history";
export type Fields = Record<string, unknown>;

/** A request was refused or failed; the message is a sentence for a person. */
export class RequestFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "RequestFailure";
  }
}

/** Logging in and out, where the source knows users of its own. */
export interface Login {
  /** Rejects with `RequestFailure`: `unauthorized`, or `too_many` with how long to wait in its message. */
  login(user: string, password: string): Promise<void>;
  logout(): Promise<void>;
}

export interface DownloadSource {
  /** Begin; everything is told to `listener` from here on, until `stop`. */
  start(listener: SourceListener): void;
  stop(): void;
  /** Ask the bus; resolves to the `data` of the response, rejects with `RequestFailure`. */
  request(topic: Topic, verb: Verb, fields?: Fields): Promise<unknown>;
  /** Try at once instead of at the next planned time. */
  retry(): void;
  readonly login?: Login;
}
