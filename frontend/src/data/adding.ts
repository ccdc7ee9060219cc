// What shall be added, and to whom: links and files, one after the other, each with its own outcome.

import { bytes as sizeText } from "../text/format.ts";
import { t } from "../text/language.ts";
import { reasonOf } from "./commands.ts";
import type { Commands } from "./commands.ts";
import type { Protocol } from "./contract.ts";
import { RequestFailure } from "./source.ts";
import type { DownloadSource, Fields } from "./source.ts";
import type { Store } from "./store.ts";

/** The relay takes 16 MB in base64. */
export const LARGEST_FILE = 12_000_000;
const CHUNK = 0x8000; // as many characters as a call takes arguments everywhere
const LINK = /^(https?:\/\/|magnet:\?)/i;
const FILE = /\.(torrent|nzb)$/i;

export type Outcome =
  | { is: "waiting" }
  | { is: "adding" }
  | { is: "taken"; client: string; id: string | null }
  | { is: "failed"; why: string };

/** `file` is null for a link, whose address is then the `name`. */
export interface Item {
  name: string;
  label: string;
  file: File | null;
  outcome: Outcome;
}

export interface Adding {
  source: DownloadSource;
  store: Store;
  commands: Commands;
}

/** The items of a text with one link per line. */
export function linksOf(text: string): Item[] {
  const lines = text.split(/\s*\n\s*/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))].map((name) => ({
    name,
    label: labelOf(name),
    file: null,
    outcome: LINK.test(name) ? { is: "waiting" } : { is: "failed", why: t("add.bad_link") },
  }));
}

/** Whether a text that was dropped or pasted is something to add. */
export function looksLikeLinks(text: string): boolean {
  const lines = text.trim().split(/\s*\n\s*/);
  return text.trim() !== "" && lines.every((line) => LINK.test(line));
}

export function fileItem(file: File): Item {
  return { name: file.name, label: file.name, file, outcome: checked(file) };
}

function checked(file: File): Outcome {
  if (!FILE.test(file.name)) return { is: "failed", why: t("add.bad_file") };
  if (file.size === 0) return { is: "failed", why: t("add.empty_file") };
  if (file.size > LARGEST_FILE) return { is: "failed", why: t("add.big_file", { size: sizeText(LARGEST_FILE) }) };
  return { is: "waiting" };
}

/** A magnet's own name, or the last of an address. */
function labelOf(link: string): string {
  try {
    const url = new URL(link);
    if (url.protocol === "magnet:") return url.searchParams.get("dn") || url.searchParams.get("xt") || link;
    return decodeURIComponent(url.pathname.split("/").filter(Boolean).at(-1) ?? "") || url.host;
  } catch {
    return link;
  }
}

/** What kind of client it is for, as far as its name tells. */
export function protocolOf(item: Item): Protocol | null {
  if (/^magnet:/i.test(item.name)) return "torrent";
  const path = item.name.replace(/[?#].*$/, "");
  const end = FILE.exec(path)?.[1]?.toLowerCase();
  return end === "nzb" ? "usenet" : end === "torrent" ? "torrent" : null;
}

/** The clients that would take `item` now. */
export function takersOf(item: Item | null, { store, commands }: Pick<Adding, "store" | "commands">): string[] {
  const protocol = item === null ? null : protocolOf(item);
  return commands
    .taking("add")
    .filter((client) => protocol === null || store.clients.get(client)?.protocol === protocol);
}

/** Add one; `client` is "" for whichever its bridge picks. Never rejects. */
export async function add(item: Item, client: string, fields: Fields, adding: Adding): Promise<Outcome> {
  try {
    const asked = { ...(await contentOf(item)), ...fields };
    if (client === "") return await addToAny(item, asked, adding);
    return { is: "taken", client, id: idOf(await adding.source.request(`client/${client}`, "add", asked)) };
  } catch (failure) {
    return { is: "failed", why: failure instanceof RequestFailure ? reasonOf(failure) : t("add.unreadable") };
  }
}

/** A bridge picks for those who see all of it; for others we pick among what they see. */
async function addToAny(item: Item, asked: Fields, adding: Adding): Promise<Outcome> {
  const [taker] = takersOf(item, adding);
  const bridge = taker === undefined ? undefined : adding.store.clients.get(taker)?.bridge;
  if (taker === undefined || bridge === undefined) {
    return { is: "failed", why: t(adding.store.live ? "add.nobody" : "reason.disconnected") };
  }
  try {
    const told = await adding.source.request(`bridge/${bridge}`, "add", asked);
    const picked = (told as { client?: string } | null)?.client ?? taker;
    return { is: "taken", client: picked, id: idOf(told) };
  } catch (failure) {
    if (!(failure instanceof RequestFailure) || failure.code !== "forbidden") throw failure;
    return { is: "taken", client: taker, id: idOf(await adding.source.request(`client/${taker}`, "add", asked)) };
  }
}

async function contentOf(item: Item): Promise<Fields> {
  if (item.file === null) return { url: item.name };
  return { content: await base64(item.file), filename: item.name.slice(-255) };
}

async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

function idOf(told: unknown): string | null {
  return (told as { id?: string | null } | null)?.id ?? null;
}

/** Whether it waits, or failed but may go well another time. */
export function isToDo({ outcome, file, name }: Item): boolean {
  if (outcome.is === "waiting") return true;
  if (outcome.is !== "failed") return false;
  const again = file === null ? linksOf(name)[0] : fileItem(file);
  return again?.outcome.is === "waiting";
}
