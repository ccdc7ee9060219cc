// A few downloads in Home Assistant's own manner: a sign, a name, what goes on, and one thing to do.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { stateOf } from "../data/states.ts";
import type { Row } from "../data/store.ts";
import { bytes, duration, percent, rate } from "../text/format.ts";
import { t } from "../text/language.ts";
import { bar, clientName, stateWord } from "../ui/cells.ts";
import { icon } from "../ui/icons.ts";
import { shared } from "../ui/shared.ts";
import { MOST_ROWS } from "./config.ts";
import { CardView } from "./view.ts";
import styles from "./compact.css?inline";
import tones from "../ui/tones.css?inline";
import viewStyles from "./view.css?inline";

@customElement("d2m-card-compact")
export class CompactView extends CardView {
  @state() private unfolded = false;

  static override styles = [shared, unsafeCSS(viewStyles), unsafeCSS(tones), unsafeCSS(styles)];

  protected override list(): TemplateResult {
    const { rows } = this.model.listing;
    const most = this.unfolded ? MOST_ROWS : this.settings.rows;
    const rest = rows.length - this.settings.rows;
    return html`<ul aria-label=${t("list.label")}>
        ${repeat(
          rows.slice(0, most),
          (row) => row.key,
          (row) => this.#row(row),
        )}
      </ul>
      ${
        rest > 0
          ? html`<button class="more" @click=${() => (this.unfolded = !this.unfolded)}>
              ${this.unfolded ? t("card.fewer") : t("card.more", { count: rest })}
            </button>`
          : nothing
      }`;
  }

  #row(row: Row): TemplateResult {
    const { model } = this;
    const current = model.store.available(row.client);
    const kind = stateOf(row);
    return html`<li data-key=${row.key} data-state=${kind} class=${current ? "" : "old"}>
      <button
        class="open"
        aria-label=${t("drawer.of", { name: row.name })}
        @click=${() => model.open(row.key)}
      ></button>
      <span class="sign">${icon(kind)}</span>
      <span class="text">
        <span class="name" title=${row.name}>${row.name}</span>
        <span class="about">${this.#about(row, current)}</span>
      </span>
      <span class="percent">${kind === "seeding" || kind === "completed" ? nothing : percent(row.progress)}</span>
      ${this.#action(row)} ${kind === "seeding" || kind === "completed" ? nothing : bar(row)}
    </li>`;
  }

  #about(row: Row, current: boolean): TemplateResult {
    const trouble = row.error ?? row.warning;
    if (trouble !== null) {
      return html`<b>${stateWord(row)}</b><span class="trouble" title=${trouble}>${trouble}</span>`;
    }
    const kind = stateOf(row);
    const moving = current && kind !== "paused";
    const facts = [
      moving && row.download_rate ? `↓ ${rate(row.download_rate)}` : "",
      moving && row.upload_rate && kind === "seeding" ? `↑ ${rate(row.upload_rate)}` : "",
      moving && row.eta !== null && kind === "downloading" ? duration(row.eta) : "",
      kind === "downloading" && row.download_rate ? "" : bytes(row.size),
      this.model.store.clients.size > 1 ? clientName(this.model, row) : "",
    ].filter(Boolean);
    return html`<b>${stateWord(row)}</b>${facts.map((fact) => html`<span>${fact}</span>`)}`;
  }

  #action(row: Row): TemplateResult | typeof nothing {
    const { commands } = this.model;
    const verb = (["pause", "resume"] as const).find(
      (one) => commands.fitting(one, [row]).length > 0 && !(one === "resume" && stateOf(row) === "completed"),
    );
    if (verb === undefined) return nothing;
    return html`<button
      class="act"
      data-act=${verb}
      title=${t(`verb.${verb}`)}
      aria-label=${`${t(`verb.${verb}`)}: ${row.name}`}
      @click=${() => void commands.run(verb, [row])}
    >
      ${icon(verb)}
    </button>`;
  }
}
