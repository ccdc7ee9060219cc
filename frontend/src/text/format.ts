// Figures as people read them. `null` is "unknown" and becomes an empty text.

import { language, t } from "./language.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
const SPANS = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

type Figure = number | null | undefined;

const formatters = new Map<string, Intl.NumberFormat>();

function figure(value: number, digits: number, fixed = true): string {
  const name = `${language()}/${digits}/${fixed}`;
  let formatter = formatters.get(name);
  if (formatter === undefined) {
    const options = { maximumFractionDigits: digits, minimumFractionDigits: fixed ? digits : 0 };
    formatters.set(name, (formatter = new Intl.NumberFormat(language(), options)));
  }
  return formatter.format(value);
}

export function bytes(amount: Figure): string {
  if (amount === null || amount === undefined) return "";
  let power = 0;
  let value = amount;
  while (value >= 999.5 && power < UNITS.length - 1) {
    value /= 1000;
    power += 1;
  }
  return `${figure(value, power > 0 && value < 99.95 ? 1 : 0)} ${UNITS[power]}`;
}

export function rate(amount: Figure): string {
  return amount === null || amount === undefined ? "" : `${bytes(amount)}/s`;
}

/** Cut, not rounded: 100 % is said of what is complete only. */
export function percent(amount: Figure): string {
  if (amount === null || amount === undefined) return "";
  return amount >= 100 ? "100 %" : `${figure(Math.floor(amount * 10) / 10, 1)} %`;
}

export function ratio(value: Figure): string {
  return value === null || value === undefined ? "" : figure(value, 2);
}

export function whole(value: Figure): string {
  return value === null || value === undefined ? "" : figure(value, 0);
}

/** The two largest units that matter: `1 h 12 min`, but `12 h`. */
export function duration(seconds: Figure): string {
  if (seconds === null || seconds === undefined) return "";
  const index = SPANS.findIndex(([length]) => seconds >= length);
  const span = SPANS[index];
  if (span === undefined) return `0 ${t("unit.s")}`;
  const [length, name] = span;
  const count = Math.floor(seconds / length);
  const next = SPANS[index + 1];
  const rest = next === undefined || count >= 10 || length === 60 ? 0 : Math.floor((seconds % length) / next[0]);
  const first = `${figure(count, 0)} ${t(`unit.${name}`)}`;
  return rest > 0 && next !== undefined ? `${first} ${rest} ${t(`unit.${next[1]}`)}` : first;
}

/** The time of day, with seconds. */
export function clock(milliseconds: number): string {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  return new Date(milliseconds).toLocaleTimeString(language(), options);
}

/** The day, and the time unless the day is long ago. */
export function moment(at: string | null | undefined, now: number = Date.now()): string {
  if (!at) return "";
  const date = new Date(at);
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  if (new Date(now).toDateString() === date.toDateString()) return date.toLocaleTimeString(language(), time);
  const recent = Math.abs(now - date.getTime()) < 180 * 86_400_000;
  const day = { day: "numeric", month: "short" } as const;
  return date.toLocaleString(language(), recent ? { ...day, ...time } : { ...day, year: "numeric" });
}

/** Day and time in full, for titles and details. */
export function momentInFull(at: string | null | undefined): string {
  return at ? new Date(at).toLocaleString(language(), { dateStyle: "full", timeStyle: "medium" }) : "";
}
