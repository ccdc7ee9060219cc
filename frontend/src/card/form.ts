// The editor, as a form that Home Assistant draws: its fields, words, and what there is to choose from just now.

import type { Snapshot } from "../data/contract.ts";
import { SUBSCRIBE } from "../data/ha-source.ts";
import type { HaConnection } from "../data/ha-source.ts";
import { SORTS } from "../data/sort.ts";
import { STATES } from "../data/states.ts";
import { speak, t } from "../text/language.ts";
import type { Key } from "../text/language.ts";
import { MOST_ROWS, VIEWS, settingsOf } from "./config.ts";
import type { CardConfig } from "./config.ts";
import { languagesOf } from "./hass.ts";
import type { Hass } from "./hass.ts";

const PATIENCE = 2_000;

interface Field {
  name: string;
  type?: string;
  flatten?: boolean;
  iconPath?: string;
  title?: string;
  schema?: Field[];
  selector?: Record<string, unknown>;
}

export interface Form {
  schema: Field[];
  computeLabel: (field: Field) => string;
  computeHelper: (field: Field) => string | undefined;
  assertConfig: (config: CardConfig) => void;
}

interface Choice {
  value: string;
  label: string;
}

const HELPED = new Set(["clients", "states", "categories", "entry_id", "max_rows"]);

/** Home Assistant asks for it without saying on which page, so the page's own root tells. */
export async function formOf(
  hass: Hass | undefined = document.querySelector<HTMLElement & { hass?: Hass }>("home-assistant")?.hass,
): Promise<Form> {
  if (hass !== undefined) await speak(languagesOf(hass));
  const { clients, categories } = await choices(hass?.connection);
  const several = (options: Choice[]) => ({
    select: { multiple: true, custom_value: true, mode: "dropdown", options },
  });
  const among = (options: Choice[]) => ({ select: { mode: "dropdown", options } });
  const schema: Field[] = [
    { name: "title", selector: { text: {} } },
    {
      name: "view",
      selector: { select: { mode: "list", options: VIEWS.map((view) => choice(view, `card.view_${view}`)) } },
    },
    { name: "clients", selector: several(clients) },
    {
      name: "states",
      selector: { select: { multiple: true, mode: "dropdown", options: STATES.map((s) => choice(s, `state.${s}`)) } },
    },
    { name: "categories", selector: several(categories) },
    {
      name: "",
      type: "grid",
      schema: [
        { name: "sort", selector: among(SORTS.map((by) => choice(by, `column.${by}`))) },
        { name: "max_rows", selector: { number: { min: 1, max: MOST_ROWS, mode: "box" } } },
        { name: "descending", selector: { boolean: {} } },
        { name: "hide_rates", selector: { boolean: {} } },
        { name: "hide_actions", selector: { boolean: {} } },
        { name: "hide_clients", selector: { boolean: {} } },
      ],
    },
    { name: "entry_id", selector: { config_entry: { integration: "downloads2mqtt" } } },
  ];
  return {
    schema,
    computeLabel: ({ name }) => t(`card.set_${name}` as Key),
    computeHelper: ({ name }) => (HELPED.has(name) ? t(`card.help_${name}` as Key) : undefined),
    assertConfig: (config) => void settingsOf(config),
  };
}

function choice(value: string, key: Key): Choice {
  return { value, label: t(key) };
}

/** The clients and categories there are; none where nobody tells in time. */
async function choices(connection: HaConnection | undefined): Promise<{ clients: Choice[]; categories: Choice[] }> {
  const told = connection === undefined ? undefined : await Promise.race([first(connection), patience()]);
  const clients = (told?.clients ?? []).map(({ client, name }) => ({ value: client, label: name }));
  const categories = [...new Set((told?.downloads ?? []).flatMap(({ category }) => category || []))].sort();
  return { clients, categories: categories.map((value) => ({ value, label: value })) };
}

async function first(connection: HaConnection): Promise<Snapshot | undefined> {
  let hear: (told: Snapshot) => void;
  const told = new Promise<Snapshot>((resolve) => (hear = resolve));
  try {
    const end = await connection.subscribeMessage<Snapshot>(
      (frame) => hear(frame),
      { type: SUBSCRIBE },
      { resubscribe: false },
    );
    const snapshot = await Promise.race([told, patience()]);
    void end().catch(() => undefined);
    return snapshot;
  } catch {
    return undefined;
  }
}

function patience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
}
