// What pointer and keyboard do to the rows of the list: select, open, and ask for a menu.

import { ROW_VERBS } from "../data/commands.ts";
import type { Model } from "../data/model.ts";
import { t } from "../text/language.ts";
import { showMenu } from "./menu.ts";

/** What shows the rows. */
export interface RowHost {
  readonly model: Model;
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Whether rows are cards, for want of width. */
  readonly phone: boolean;
  /** Whether a tap selects instead of opening. */
  readonly selecting: boolean;
  /** How many rows fit. */
  readonly rowsInView: number;
  /** Scroll so far that the row of this number is in view. */
  reveal(index: number): void;
  tell(name: string, detail: unknown): void;
}

export class RowInput {
  constructor(private readonly host: RowHost) {}

  readonly onClick = (press: PointerEvent): void => {
    const key = keyOf(press);
    if (key === null) return;
    const { selection, listing } = this.host.model;
    const touched = press.pointerType === "touch" || this.host.phone;
    if (press.shiftKey) selection.extend(listing.rows, key);
    else if (
      press.ctrlKey ||
      press.metaKey ||
      onCheck(press) ||
      (touched && (this.host.selecting || selection.size > 0))
    ) {
      selection.toggle(key);
    } else if (touched) {
      selection.move(key);
      this.host.model.open(key);
    } else {
      selection.only(key);
      if (this.host.model.opened !== null) this.host.model.open(key);
    }
    this.host.model.touch();
  };

  readonly onDouble = (press: MouseEvent): void => {
    const key = keyOf(press);
    if (key !== null && !onCheck(press)) this.host.model.open(key);
  };

  readonly onMenu = (press: MouseEvent): void => {
    const key = keyOf(press);
    const { commands, selection } = this.host.model;
    if (key === null || !commands.allowed()) return;
    if (!selection.has(key)) selection.only(key);
    this.host.model.touch();
    const rows = [...selection.keys].flatMap((held) => this.host.model.store.downloads.get(held) ?? []);
    if (!commands.allowed(rows.map((row) => row.client))) return;
    press.preventDefault();
    const items = ROW_VERBS.filter((verb) => commands.fitting(verb, rows).length > 0).map((verb) => ({
      label: t(`verb.${verb}`),
      sign: verb === "reannounce" ? ("refresh" as const) : verb,
      danger: verb === "remove",
      press: () => this.host.tell("d2m-verb", verb),
    }));
    if (items.length > 0) showMenu(this.host.renderRoot as ShadowRoot, { x: press.clientX, y: press.clientY }, items);
  };

  readonly onKey = (press: KeyboardEvent): void => {
    if (press.altKey || onHead(press)) return;
    const { rows } = this.host.model.listing;
    const { selection } = this.host.model;
    const at = rows.findIndex((row) => row.key === selection.active);
    const page = Math.max(1, this.host.rowsInView - 2);
    const step: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const by = step[press.key] ?? (press.key === "Home" ? -Infinity : press.key === "End" ? Infinity : null);
    if (by !== null) {
      this.#go(Math.min(rows.length - 1, Math.max(0, (at < 0 && by > 0 && by !== Infinity ? -1 : at) + by)), press);
    } else if (press.key === " " && selection.active !== null) {
      selection.toggle(selection.active);
    } else if (press.key.toLowerCase() === "a" && (press.ctrlKey || press.metaKey)) {
      selection.all(rows);
    } else if (press.key === "Enter" && selection.active !== null) {
      this.host.model.open(selection.active);
    } else {
      return;
    }
    press.preventDefault();
    this.host.model.touch();
  };

  #go(index: number, press: KeyboardEvent): void {
    const row = this.host.model.listing.rows[index];
    if (row === undefined) return;
    if (press.shiftKey) this.host.model.selection.extend(this.host.model.listing.rows, row.key);
    else if (press.ctrlKey || press.metaKey) this.host.model.selection.move(row.key);
    else this.host.model.selection.only(row.key);
    if (this.host.model.opened !== null) this.host.model.open(row.key);
    this.host.reveal(index);
  }
}

function rowOf(happened: Event): HTMLElement | null {
  return (happened.target as Element).closest<HTMLElement>("[data-key]");
}

function keyOf(happened: Event): string | null {
  return rowOf(happened)?.dataset["key"] ?? null;
}

function onCheck(happened: Event): boolean {
  return (happened.target as Element).closest("[data-check]") !== null;
}

function onHead(happened: Event): boolean {
  return (happened.target as Element).closest(".heads") !== null;
}
