// How a client is, and since when: what is shown of it may be old.

import type { Client } from "../data/contract.ts";
import type { Store } from "../data/store.ts";
import { duration } from "../text/format.ts";
import { t } from "../text/language.ts";

/** `unheard`: nothing is known about it now, and that is not its fault. */
export type Health = "good" | "bad" | "starting" | "unheard";

export function healthOf(store: Store, client: Client): Health {
  if (!store.live || !store.broker) return "unheard";
  if (client.available) return "good";
  return client.state === "starting" && !bridgeless(store, client) ? "starting" : "bad";
}

/** What is wrong with a client, with the age of what is shown. */
export function sentenceOf(store: Store, client: Client): string {
  const age = ageOf(store, client);
  if (!store.live) return `${t("client.as_last_known")} · ${age}`;
  if (!store.broker) return `${t("client.not_heard")} · ${age}`;
  if (bridgeless(store, client)) return `${t("client.no_bridge", { bridge: client.bridge })} · ${age}`;
  if (client.available) return `${t("client.online")} · ${age}`;
  if (client.state === "starting") return t("client.starting");
  const since = t("client.for", { time: duration(Math.max(0, (store.now() - Date.parse(client.since)) / 1000)) });
  const trouble = client.state === "online" ? t("client.not_heard") : t(`client.${client.state}`);
  return [trouble, client.error, since, age].filter(Boolean).join(" · ");
}

/** When it last answered. */
export function ageOf(store: Store, client: Client): string {
  const answered = store.answered(client);
  if (answered === 0) return t("client.never");
  const seconds = (store.now() - answered) / 1000;
  return seconds < 5 ? t("client.just_now") : t("client.ago", { time: duration(seconds) });
}

function bridgeless(store: Store, client: Client): boolean {
  return store.bridges.get(client.bridge)?.state !== "online";
}
