// Drawn for this page, on a grid of 24.

import { svg } from "lit";
import type { TemplateResult } from "lit";

const PATHS = {
  add: "M12 5v14M5 12h14",
  attention: "M12 4 2.8 19.5h18.4L12 4ZM12 10v4.2M12 17v.01",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4",
  copy: "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
  chart: "M4 4v16h16M7.5 14.5l3.5-4 3 2.5 4.5-6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  clear: "M6 6l12 12M18 6 6 18",
  columns: "M4 5h16v14H4zM9.5 5v14M15 5v14",
  down: "M12 4.5v14M6 13l6 6 6-6",
  edit: "M4.5 19.5h4L19 9a2.1 2.1 0 0 0-3-3L5.5 16.5l-1 3ZM14 8l3 3",
  file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4",
  filter: "M4 6h16M7 12h10M10 18h4",
  help: "M9.2 9.2a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.3M12 17.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
  layers: "m12 4 8.5 4.5L12 13 3.5 8.5 12 4ZM4 12.5l8 4.3 8-4.3M4 16.2l8 4.3 8-4.3",
  leave: "M14 4H5v16h9M10 12h10M16.5 8.5 20 12l-3.5 3.5",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  recheck: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.2M20 4.5v4.7h-4.7",
  refresh: "M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.2M20 4.5v4.7h-4.7M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.8M4 19.5v-4.7h4.7",
  remove: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  resume: "M8 5.5v13l10.5-6.5L8 5.5Z",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",
  select: "M4.5 4.5h15v15h-15zM8.5 12l2.5 2.5 4.5-5",
  sort: "M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5",
  up: "M12 19.5v-14M6 11l6-6 6 6",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  // States
  checking: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4M8.3 11l2 2 3.4-3.8",
  completed: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.6",
  downloading: "M12 4v11M7 10.5l5 5 5-5M5 19.5h14",
  failed: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.2M12 16.2v.01",
  metadata:
    "M10 13.5a4 4 0 0 0 6 .4l2.6-2.6a4 4 0 0 0-5.6-5.6l-1.4 1.3M14 10.5a4 4 0 0 0-6-.4l-2.6 2.6a4 4 0 0 0 5.6 5.6l1.4-1.3",
  paused: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6M14 9v6",
  processing: "M12 3.5 20 8v8l-8 4.5L4 16V8l8-4.5ZM4.3 8.2 12 12.5l7.7-4.3M12 12.5v8",
  queued: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.2V12l3.2 2",
  seeding: "M12 20V9M7 13.5l5-5 5 5M5 4.5h14",
  stalled: "M7 4h10M7 20h10M8 4c0 4 8 6 8 8s-8 4-8 8M16 4c0 4-8 6-8 8s8 4 8 8",
  unknown: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 10a2 2 0 1 1 2.9 1.8c-.6.4-.9.8-.9 1.5M12 16.2v.01",
} as const;
export type IconName = keyof typeof PATHS;

export function icon(name: IconName): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
}
