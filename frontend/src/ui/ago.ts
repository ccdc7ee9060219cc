// How long ago something was.

import { duration } from "../text/format.ts";
import { t } from "../text/language.ts";

/** `3 h ago`, or nothing for what is not known. */
export function ago(at: string | null, now: number): string {
  if (at === null) return "";
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000);
  return seconds < 5 ? t("date.just_now") : t("date.ago", { time: duration(seconds) });
}
