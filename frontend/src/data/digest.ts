// What completed or failed within a moment, in one sentence or two.

import { t } from "../text/language.ts";
import type { DownloadEvent } from "./contract.ts";

export interface Digest {
  title: string;
  body: string;
  /** The download that it is about; null when it is about many. */
  key: string | null;
}

/** Whether people want to hear of it while they look elsewhere. */
export function isNews(event: DownloadEvent): boolean {
  return event.event === "completed" || event.event === "failed";
}

/** One notification each for up to `apart` events, else one for all. */
export function digestsOf(events: readonly DownloadEvent[], nameOf: (client: string) => string, apart = 3): Digest[] {
  if (events.length <= apart) return events.map((event) => single(event, nameOf));
  const count = (which: string) => events.filter((event) => event.event === which).length;
  const [completed, failed] = [count("completed"), count("failed")];
  const title = [
    completed > 0 ? t("bell.many_completed", { count: completed }) : "",
    failed > 0 ? t("bell.many_failed", { count: failed }) : "",
  ];
  const names = events.slice(0, 5).map((event) => event.name);
  const more = events.length > names.length ? ["…"] : [];
  return [{ title: title.filter(Boolean).join(" · "), body: [...names, ...more].join("\n"), key: null }];
}

function single(event: DownloadEvent, nameOf: (client: string) => string): Digest {
  const about = event.event === "failed" ? event.download.error : null;
  return {
    title: `${t(event.event === "failed" ? "bell.failed" : "bell.completed")}: ${event.name}`,
    body: [t("bell.in", { client: nameOf(event.client) }), about].filter(Boolean).join("\n"),
    key: `${event.client}:${event.id}`,
  };
}
