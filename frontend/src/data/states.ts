// The states of a download: in which order they are listed and in which group they are.

import type { Download, State } from "./contract.ts";

export type Group = "active" | "waiting" | "done" | "failed";

const TABLE: Record<State, Group> = {
  downloading: "active",
  processing: "active",
  checking: "active",
  metadata: "active",
  stalled: "active",
  failed: "failed",
  queued: "waiting",
  paused: "waiting",
  unknown: "waiting",
  seeding: "done",
  completed: "done",
};

export const STATES = Object.keys(TABLE) as State[];
export const GROUPS: Group[] = ["active", "waiting", "done", "failed"];

const RANKS = new Map(STATES.map((state, rank) => [state, rank]));

/** A state of a newer relay is as good as unknown. */
export function stateOf(download: Pick<Download, "state">): State {
  return download.state in TABLE ? download.state : "unknown";
}

export function rankOf(download: Pick<Download, "state">): number {
  return RANKS.get(stateOf(download)) ?? STATES.length;
}

export function statesOf(group: Group): State[] {
  return STATES.filter((state) => TABLE[state] === group);
}
