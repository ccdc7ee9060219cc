// Where there is no side bar: the groups of states, and the way to the other filters.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { FACETS } from "../data/filter.ts";
import { GROUPS, statesOf } from "../data/states.ts";
import { whole } from "../text/format.ts";
import { t } from "../text/language.ts";
import { healthOf } from "./health.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import styles from "./group-chips.css?inline";

@customElement("d2m-group-chips")
export class GroupChips extends Part {
  static override styles = [shared, unsafeCSS(styles)];

  protected override render(): TemplateResult {
    const { listing, filter, store } = this.model;
    const total = [...listing.counts.state.values()].reduce((sum, count) => sum + count, 0);
    const ill = [...store.clients.values()].some((client) => healthOf(store, client) === "bad");
    const narrowed = FACETS.some((facet) => facet !== "state" && filter[facet].size > 0);
    return html`
      <div class="chips" role="group" aria-label=${t("facet.state")}>
        ${this.#chip("all", total, filter.state.size === 0, () => this.model.narrow({ state: new Set() }))}
        ${GROUPS.map((group) => {
          const states = statesOf(group);
          const count = states.reduce((sum, state) => sum + (listing.counts.state.get(state) ?? 0), 0);
          const on = filter.state.size === states.length && states.every((state) => filter.state.has(state));
          return this.#chip(group, count, on, () => this.model.choose("state", states, false));
        })}
      </div>
      <button
        class="button icon-only filters"
        data-mark=${ill ? "bad" : narrowed ? "on" : nothing}
        aria-label=${t("filter.label")}
        @click=${() => this.tell("d2m-filters")}
      >
        ${icon("filter")}
      </button>
    `;
  }

  #chip(group: "all" | (typeof GROUPS)[number], count: number, on: boolean, press: () => void): TemplateResult {
    return html`<button
      class=${count === 0 ? "none" : ""}
      data-group=${group}
      aria-pressed=${on ? "true" : "false"}
      @click=${press}
    >
      ${t(`group.${group}`)} <span>${whole(count)}</span>
    </button>`;
  }
}
