// Above the list: what can be done with what is selected, or else with all.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { RowVerb } from "../data/commands.ts";
import { FACETS, NONE, isNarrowed } from "../data/filter.ts";
import type { Facet } from "../data/filter.ts";
import { SORTS } from "../data/sort.ts";
import type { SortKey } from "../data/sort.ts";
import { GROUPS, statesOf } from "../data/states.ts";
import { bytes } from "../text/format.ts";
import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import styles from "./tool-bar.css?inline";
import "./column-menu.ts";

const VERBS: RowVerb[] = ["resume", "pause", "recheck", "remove"];

@customElement("d2m-tool-bar")
export class ToolBar extends Part {
  @property({ type: Boolean, reflect: true }) phone = false;
  @property({ type: Boolean }) selecting = false;

  static override styles = [shared, unsafeCSS(styles)];

  protected override render(): TemplateResult {
    const { selection } = this.model;
    return html`${selection.size > 0 ? this.#ofSelection() : this.#ofAll()}
      <div class="end">
        ${this.phone ? this.#phoneTools(selection.size > 0) : html`<d2m-column-menu .model=${this.model}></d2m-column-menu>`}
      </div>`;
  }

  #ofSelection(): TemplateResult {
    const { model } = this;
    const rows = model.selected;
    const size = rows.reduce((sum, row) => sum + (row.size ?? 0), 0);
    return html`
      <span class="count" role="status"
        >${t("selection.count", { count: rows.length })}${this.phone ? nothing : html` <small>${bytes(size)}</small>`}</span
      >
      <div class="verbs" role="toolbar" aria-label=${t("selection.label")}>
        ${
          model.commands.allowed(rows.map((row) => row.client))
            ? VERBS.map((verb) =>
                this.#button(
                  verb,
                  model.commands.fitting(verb, rows).length > 0,
                  () => this.tell("d2m-verb", verb),
                  t(`verb.${verb}`),
                ),
              )
            : nothing
        }
        <button
          class="button icon-only"
          title=${t("selection.clear")}
          aria-label=${t("selection.clear")}
          @click=${() => this.#clear()}
        >
          ${icon("clear")}
        </button>
      </div>
    `;
  }

  #ofAll(): TemplateResult {
    const { listing, store, commands, filter } = this.model;
    const count = listing.rows.length;
    const total = store.downloads.size;
    return html`
      <span class="count" role="status"
        >${count === total ? t("list.count", { count }) : t("list.count_of", { shown: count, count: total })}</span
      >
      ${
        commands.allowed(filter.client.size > 0 ? filter.client : undefined) && total > 0 && !this.phone
          ? html`<div class="verbs" role="toolbar" aria-label=${t("list.all_label")}>
              ${this.#forAll("resume")} ${this.#forAll("pause")}
            </div>`
          : nothing
      }
      ${isNarrowed(filter) && !this.phone ? this.#chosen() : nothing}
    `;
  }

  /** For all downloads, all of the chosen clients, or, narrowed in any other way, just those that are listed. */
  #forAll(verb: "pause" | "resume"): TemplateResult {
    const { listing, store, commands, filter } = this.model;
    const listedOnly =
      filter.words.length > 0 || [filter.state, filter.category, filter.tag].some((facet) => facet.size > 0);
    if (listedOnly) {
      const rows = commands.fitting(verb, listing.rows);
      return this.#button(verb, rows.length > 0, () => void commands.run(verb, rows), t(`verb.${verb}_listed`));
    }
    const chosen = [...filter.client];
    const clients = commands.taking(verb).filter((client) => chosen.length === 0 || chosen.includes(client));
    const names = chosen.map((client) => store.clients.get(client)?.name ?? client).join(", ");
    const label = chosen.length === 0 ? t(`verb.${verb}_all`) : t(`menu.${verb}_all`, { client: names });
    return this.#button(verb, clients.length > 0, () => void commands.runAll(verb, clients), label);
  }

  #button(verb: RowVerb, enabled: boolean, press: () => void, label: string): TemplateResult {
    return html`<button
      class="button ${verb === "remove" ? "danger" : ""}"
      data-verb=${verb}
      title=${label}
      aria-label=${label}
      ?disabled=${!enabled}
      @click=${press}
    >
      ${icon(verb === "reannounce" ? "refresh" : verb)}<span class="word">${label}</span>
    </button>`;
  }

  /** What narrows the list now; a press lets go of it. */
  #chosen(): TemplateResult {
    const { filter } = this.model;
    const group = GROUPS.find((one) => {
      const states = statesOf(one);
      return states.length === filter.state.size && states.every((state) => filter.state.has(state));
    });
    const drop = (facet: Facet, value: string) => this.model.choose(facet, [value], true);
    const chip = (label: string, press: () => void) =>
      html`<button aria-label=${t("filter.drop", { filter: label })} @click=${press}>
        <span>${label}</span>${icon("clear")}
      </button>`;
    return html`<div class="chosen">
      ${group ? chip(t(`group.${group}`), () => this.model.narrow({ state: new Set() })) : nothing}
      ${FACETS.filter((facet) => facet !== "state" || !group).map((facet) =>
        [...filter[facet]].map((value) => chip(this.#nameOf(facet, value), () => drop(facet, value))),
      )}
    </div>`;
  }

  #nameOf(facet: Facet, value: string): string {
    if (facet === "state") return t(`state.${value as "queued"}`);
    if (facet === "client") return this.model.store.clients.get(value)?.name ?? value;
    return value === NONE ? t(`facet.no_${facet}`) : value;
  }

  #phoneTools(acting: boolean): TemplateResult | typeof nothing {
    const { sort } = this.model.listing;
    if (acting) return nothing;
    return html`
      <select
        aria-label=${t("sort.label")}
        .value=${sort.by}
        @change=${(changed: Event) => this.model.sortBy((changed.target as HTMLSelectElement).value as SortKey)}
      >
        ${SORTS.map((by) => html`<option value=${by} ?selected=${by === sort.by}>${t(`column.${by}`)}</option>`)}
      </select>
      <button
        class="button icon-only"
        aria-label=${t(sort.direction > 0 ? "sort.ascending" : "sort.descending")}
        @click=${() => this.model.sortBy(sort.by)}
      >
        ${icon(sort.direction > 0 ? "up" : "down")}
      </button>
      <button
        class="button icon-only"
        aria-label=${t("selection.mode")}
        aria-pressed=${this.selecting ? "true" : "false"}
        @click=${() => this.tell("d2m-selecting", !this.selecting)}
      >
        ${icon("select")}
      </button>
    `;
  }

  #clear(): void {
    this.model.selection.clear();
    this.tell("d2m-selecting", false);
    this.model.touch();
  }
}
