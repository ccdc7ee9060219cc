// The states of a download: in which order they are listed, in which group they are filtered, how they are called.

export const STATES = {
  downloading: { rank: 0, group: "active", word: "Downloading" },
  processing: { rank: 1, group: "active", word: "Processing" },
  checking: { rank: 2, group: "active", word: "Checking" },
  metadata: { rank: 3, group: "active", word: "Metadata" },
  stalled: { rank: 4, group: "active", word: "Stalled" },
  failed: { rank: 5, group: "failed", word: "Failed" },
  queued: { rank: 6, group: "waiting", word: "Queued" },
  paused: { rank: 7, group: "waiting", word: "Paused" },
  unknown: { rank: 8, group: "waiting", word: "Unknown" },
  seeding: { rank: 9, group: "done", word: "Seeding" },
  completed: { rank: 10, group: "done", word: "Completed" },
};

export const GROUPS = [["all", "All"], ["active", "Active"], ["waiting", "Waiting"], ["done", "Done"], ["failed", "Failed"]];

const STAGES = { verifying: "Verifying", repairing: "Repairing", extracting: "Extracting", moving: "Moving", script: "Script" };

export function stateOf(download) {
  return STATES[download.state] ?? STATES.unknown;
}

export function wordFor(download) {
  return STAGES[download.stage] ?? stateOf(download).word;
}
