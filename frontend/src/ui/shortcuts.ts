// What the keyboard does anywhere on the page, in one table that the help sheet shows too.

import type { Key } from "../text/language.ts";

export interface Shortcut {
  /** As `KeyboardEvent.key`; the first is shown. */
  keys: readonly string[];
  does: Key;
  /** The event that it sends to the dashboard; without one, the list does it itself. */
  sends?: string;
  detail?: unknown;
  /** Keys that are held with it, for the help sheet. */
  held?: "Ctrl" | "Shift";
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ["/"], does: "key.search", sends: "d2m-search" },
  { keys: ["?"], does: "key.help", sends: "d2m-help" },
  { keys: ["n"], does: "key.add", sends: "d2m-add" },
  { keys: ["r"], does: "key.resume", sends: "d2m-verb", detail: "resume" },
  { keys: ["p"], does: "key.pause", sends: "d2m-verb", detail: "pause" },
  { keys: ["c"], does: "key.recheck", sends: "d2m-verb", detail: "recheck" },
  { keys: ["Delete", "Backspace"], does: "key.remove", sends: "d2m-verb", detail: "remove" },
  { keys: ["Escape"], does: "key.escape", sends: "d2m-escape" },
  { keys: ["↑", "↓"], does: "key.move" },
  { keys: ["↑", "↓"], does: "key.extend", held: "Shift" },
  { keys: ["Space"], does: "key.toggle" },
  { keys: ["A"], does: "key.all", held: "Ctrl" },
  { keys: ["Enter"], does: "key.open" },
];

/** The shortcut of a key press; none while something is typed, or with other keys held. */
export function shortcutOf(press: KeyboardEvent): Shortcut | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.defaultPrevented) return undefined;
  const [target] = press.composedPath();
  if (target instanceof Element && target.closest("input, select, textarea, dialog, [contenteditable], [popover]"))
    return undefined;
  return SHORTCUTS.find((shortcut) => shortcut.sends !== undefined && shortcut.keys.includes(press.key));
}
