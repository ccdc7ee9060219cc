// What stands in each column of a row.

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { Column } from "../data/columns.ts";
import type { Model } from "../data/model.ts";
import { stateOf } from "../data/states.ts";
import type { Row } from "../data/store.ts";
import { bytes, duration, moment, momentInFull, percent, rate, ratio, whole } from "../text/format.ts";
import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { vars } from "./vars.ts";

type Content = TemplateResult | string | typeof nothing;

export function stateWord(row: Row): string {
  return row.stage === null || stateOf(row) !== "processing" ? t(`state.${stateOf(row)}`) : t(`stage.${row.stage}`);
}

export function bar(row: Row): TemplateResult {
  const known = row.progress !== null;
  return html`<span
    class="bar"
    role="progressbar"
    aria-label=${t("grid.progress_of", { name: row.name })}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${known ? row.progress : nothing}
    aria-valuetext=${known ? percent(row.progress) : t("grid.progress_unknown")}
    ><span class="fill" ${vars({ "--done": (row.progress ?? 0) / 100 })}></span
  ></span>`;
}

export function clientName(model: Model, row: Row): string {
  return model.store.clients.get(row.client)?.name ?? row.client;
}

function note(row: Row): Content {
  const said = row.error ?? row.warning;
  return said === null ? nothing : html`<span class="note" title=${said}>${said}</span>`;
}

/** `current`: whether rates and times left are of now, and not as last known. */
export function cell(column: Column, row: Row, model: Model, current: boolean): Content {
  switch (column) {
    case "name":
      return html`<span class="name" title=${row.name}>${row.name}</span>${note(row)}`;
    case "state":
      return html`<span class="state">${icon(stateOf(row))}<span class="word">${stateWord(row)}</span></span>`;
    case "progress":
      return html`${bar(row)}<span class="percent">${percent(row.progress)}</span>`;
    case "size":
    case "downloaded":
    case "uploaded":
      return bytes(row[column]);
    case "download_rate":
    case "upload_rate":
      return current && row[column] ? rate(row[column]) : "";
    case "eta":
      return current ? duration(row.eta) : "";
    case "ratio":
      return ratio(row.ratio);
    case "seeds":
    case "peers":
    case "queue_position":
      return whole(row[column]);
    case "client":
      return clientName(model, row);
    case "category":
      return row.category ?? "";
    case "tags":
      return html`${row.tags.map((tag) => html`<span class="tag">${tag}</span>`)}`;
    case "added_at":
    case "completed_at":
      return html`<span title=${momentInFull(row[column])}>${moment(row[column], model.store.now())}</span>`;
    case "protocol":
      return t(`protocol.${row.protocol}`);
    case "path":
      return html`<span title=${row.path ?? ""}>${row.path ?? ""}</span>`;
  }
}

/** A row where there is no room for columns. */
export function card(row: Row, model: Model, current: boolean): TemplateResult {
  const size = bytes(row.size);
  const [down, up] = current ? [row.download_rate, row.upload_rate] : [null, null];
  const left = current && row.eta !== null && stateOf(row) !== "seeding" ? duration(row.eta) : "";
  return html`
    <span class="first">
      <span class="state">${icon(stateOf(row))}</span>
      <span class="name">${row.name}</span>
      <span class="percent">${percent(row.progress)}</span>
    </span>
    ${bar(row)}
    <span class="last">
      <span class="word">${stateWord(row)}</span>
      <span class="about">${clientName(model, row)}${size && ` · ${size}`}</span>
      ${note(row)} ${down ? html`<span class="rate down">${rate(down)}</span>` : nothing}
      ${up && !down ? html`<span class="rate up">${rate(up)}</span>` : nothing}
      ${left && down ? html`<span class="left">${left}</span>` : nothing}
    </span>
  `;
}
