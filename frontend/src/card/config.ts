// What a person sets of a card, in YAML or in the editor.

import type { State } from "../data/contract.ts";
import { SORTS } from "../data/sort.ts";
import type { Sort, SortKey } from "../data/sort.ts";
import { STATES } from "../data/states.ts";
import { t } from "../text/language.ts";

export const TYPE = "downloads2mqtt-card";
export const VIEWS = ["compact", "full"] as const;
export type View = (typeof VIEWS)[number];
const ROWS = { compact: 5, full: 8 };
export const MOST_ROWS = 200;

export interface CardConfig {
  type: string;
  title?: string;
  view?: View;
  entry_id?: string;
  clients?: string | string[];
  states?: string | string[];
  categories?: string | string[];
  max_rows?: number;
  sort?: SortKey;
  descending?: boolean;
  hide_rates?: boolean;
  hide_actions?: boolean;
  hide_clients?: boolean;
}

/** A config with everything in its place; an absent list narrows nothing. */
export interface Settings {
  title: string | undefined;
  view: View;
  entry: string | undefined;
  clients: readonly string[] | undefined;
  states: ReadonlySet<State> | undefined;
  categories: ReadonlySet<string> | undefined;
  rows: number;
  sort: Sort;
  rates: boolean;
  actions: boolean;
  health: boolean;
}

/** Throws an `Error` whose message is a sentence for whoever wrote the config. */
export function settingsOf(config: CardConfig): Settings {
  const view = oneOf("view", config.view ?? "compact", VIEWS);
  const by = oneOf("sort", config.sort ?? "state", SORTS);
  const states = listOf("states", config.states)?.map((state) => oneOf("states", state, STATES));
  const categories = listOf("categories", config.categories);
  const rows = config.max_rows ?? ROWS[view];
  if (!Number.isInteger(rows) || rows < 1 || rows > MOST_ROWS) {
    throw new Error(t("card.bad_number", { key: "max_rows", most: MOST_ROWS }));
  }
  return {
    title: config.title,
    view,
    entry: config.entry_id || undefined,
    clients: listOf("clients", config.clients),
    states: states && new Set(states),
    categories: categories && new Set(categories),
    rows,
    sort: { by, direction: config.descending ? -1 : 1 },
    rates: !config.hide_rates,
    actions: !config.hide_actions,
    health: !config.hide_clients,
  };
}

function listOf(key: string, told: unknown): string[] | undefined {
  if (told === undefined || told === null || told === "") return undefined;
  const list = (Array.isArray(told) ? told : [told]) as unknown[];
  if (!list.every((one) => typeof one === "string")) throw new Error(t("card.bad_list", { key }));
  return list.length > 0 ? list : undefined;
}

function oneOf<T extends string>(key: string, told: unknown, known: readonly T[]): T {
  const found = known.find((one) => one === told);
  if (found === undefined) throw new Error(t("card.bad_choice", { key, choices: known.join(", ") }));
  return found;
}
