// Every fact of one download, in groups, as a person reads it.

import type { Client } from "../data/contract.ts";
import { stateOf } from "../data/states.ts";
import type { Row, Store } from "../data/store.ts";
import { bytes, duration, moment, momentInFull, rate, ratio, whole } from "../text/format.ts";
import { t } from "../text/language.ts";
import type { Key } from "../text/language.ts";
import { ago } from "./ago.ts";

/** `title` says it in full; `copy` is what a button copies; `tags` stand as such. */
export interface Fact {
  name: Key;
  text: string;
  title?: string;
  copy?: string;
  tags?: readonly string[];
  mono?: boolean;
}

export interface Group {
  id: string;
  title: string;
  facts: Fact[];
}

const INFO_HASH = /^[0-9a-f]{40}$/;

/** Facts of which nothing is known are left out. */
export function groupsOf(row: Row, store: Store): Group[] {
  const client = store.clients.get(row.client);
  return [
    { id: "transfer", title: t("drawer.transfer"), facts: transfer(row, store.available(row.client)) },
    { id: "place", title: t("drawer.place"), facts: place(row, client) },
    { id: "dates", title: t("drawer.dates"), facts: dates(row, store.now()) },
    { id: "limits", title: t("drawer.limits", { client: client?.name ?? row.client }), facts: limits(client) },
    { id: "identity", title: t("drawer.identity"), facts: identity(row) },
  ]
    .map((group) => ({ ...group, facts: group.facts.filter((fact) => fact.text !== "" || fact.tags?.length) }))
    .filter((group) => group.facts.length > 0);
}

/** Whether it is the info-hash of a torrent. */
function isInfoHash(row: Row): boolean {
  return row.protocol === "torrent" && INFO_HASH.test(row.id);
}

function amount(name: Key, value: number | null): Fact {
  return { name, text: bytes(value), title: value === null ? "" : `${whole(value)} B` };
}

function transfer(row: Row, current: boolean): Fact[] {
  const usenet = row.protocol === "usenet";
  const left = current && stateOf(row) !== "seeding" ? row.eta : null;
  return [
    amount("column.size", row.size),
    amount("column.downloaded", row.downloaded),
    { name: "column.download_rate", text: current ? rate(row.download_rate) : "" },
    { name: "column.eta", text: duration(left), title: left === null ? "" : `${whole(left)} ${t("unit.s")}` },
    ...(usenet
      ? []
      : [
          amount("column.uploaded", row.uploaded),
          { name: "column.upload_rate" as const, text: current ? rate(row.upload_rate) : "" },
          { name: "column.ratio" as const, text: ratio(row.ratio) },
          { name: "column.seeds" as const, text: whole(row.seeds) },
          { name: "column.peers" as const, text: whole(row.peers) },
        ]),
    { name: "column.queue_position", text: whole(row.queue_position) },
  ];
}

function place(row: Row, client: Client | undefined): Fact[] {
  const program = [client?.kind ?? row.kind, client?.version].filter(Boolean).join(" ");
  return [
    { name: "column.client", text: client?.name ?? row.client },
    { name: "fact.kind", text: `${program} · ${t(`protocol.${row.protocol}`)}` },
    { name: "column.category", text: row.category ?? "" },
    { name: "column.tags", text: "", tags: row.tags },
    { name: "column.path", text: row.path ?? "", copy: row.path ?? "", mono: true },
  ];
}

function dates(row: Row, now: number): Fact[] {
  return (["added_at", "completed_at", "updated_at"] as const).map((field) => ({
    name: field === "updated_at" ? "fact.updated_at" : `column.${field}`,
    text: row[field] === null ? "" : [ago(row[field], now), moment(row[field], now)].join(" · "),
    title: momentInFull(row[field]),
  }));
}

function limits(client: Client | undefined): Fact[] {
  const stats = client?.stats;
  if (!client?.available || !stats) return [];
  const limit = (name: Key, value: number | null): Fact => ({
    name,
    text: value === null ? "" : value === 0 ? t("fact.no_limit") : rate(value),
  });
  const alternative = stats.alternative_limits;
  return [
    limit("fact.download_limit", stats.download_limit),
    limit("fact.upload_limit", stats.upload_limit),
    { name: "fact.alternative_limits", text: alternative === null ? "" : t(alternative ? "fact.on" : "fact.off") },
  ];
}

function identity(row: Row): Fact[] {
  const hash = isInfoHash(row);
  const magnet = `magnet:?xt=urn:btih:${row.id}`;
  return [
    { name: hash ? "fact.hash" : "fact.id", text: row.id, copy: row.id, mono: true },
    { name: "fact.native_id", text: row.native_id === row.id ? "" : row.native_id, copy: row.native_id, mono: true },
    { name: "fact.magnet", text: hash ? magnet : "", copy: magnet, mono: true },
    { name: "fact.native_state", text: row.native_state, mono: true },
  ];
}
