// What of Home Assistant's frontend the card uses.

import type { HaConnection } from "../data/ha-source.ts";
import { TYPE } from "./config.ts";
import type { CardConfig } from "./config.ts";

export interface Hass {
  connection: HaConnection;
  locale?: { language: string; time_format?: string };
  themes?: { darkMode?: boolean };
  entities?: Record<string, { entity_id: string; platform?: string; device_id?: string; translation_key?: string }>;
  devices?: Record<string, { identifiers?: [string, string][] }>;
}

const PLATFORM = "downloads2mqtt";

/** The languages to speak, best first; whether a day has 12 or 24 hours goes along as a part of the tag. */
export function languagesOf(hass: Hass): string[] {
  const language = hass.locale?.language ?? "en";
  const hours = { "12": "-u-hc-h12", "24": "-u-hc-h23" }[hass.locale?.time_format ?? ""] ?? "";
  return [language + hours, language];
}

/** The client whose device an entity belongs to; `null` when it belongs to something else of the component. */
export function clientOf(hass: Hass, entityId: string): { entry: string; client: string | null } | undefined {
  const entity = hass.entities?.[entityId];
  if (entity?.platform !== PLATFORM) return undefined;
  for (const [domain, name] of hass.devices?.[entity.device_id ?? ""]?.identifiers ?? []) {
    const found = domain === PLATFORM ? /^([^_]+)_(?:client_(.+)|all|bridge_.+)$/.exec(name) : null;
    if (found?.[1] !== undefined) return { entry: found[1], client: found[2] ?? null };
  }
  return undefined;
}

/** The entity that tells how a client is, of one config entry or of any. */
export function statusOf(hass: Hass, client: string, entry?: string): string | undefined {
  return Object.values(hass.entities ?? {}).find((entity) => {
    if (entity.platform !== PLATFORM || entity.translation_key !== "status") return false;
    const owner = clientOf(hass, entity.entity_id);
    return owner?.client === client && (entry ?? owner.entry) === owner.entry;
  })?.entity_id;
}

/** For an entity of ours: a card with just its client, or with all where it belongs to all. */
export function suggest(hass: Hass, entityId: string): CardConfig | null {
  const found = clientOf(hass, entityId);
  if (found === undefined) return null;
  const entries = new Set(oursOf(hass).map((ours) => clientOf(hass, ours)?.entry ?? found.entry));
  return {
    type: `custom:${TYPE}`,
    view: "compact",
    ...(found.client === null ? {} : { clients: [found.client] }),
    ...(entries.size > 1 ? { entry_id: found.entry } : {}),
  };
}

function oursOf(hass: Hass): string[] {
  const entities = Object.values(hass.entities ?? {});
  return entities.filter(({ platform }) => platform === PLATFORM).map((entity) => entity.entity_id);
}
