// The whole list: search, groups and filters, selection with actions, details.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { RowVerb } from "../data/commands.ts";
import { wordsOf } from "../data/filter.ts";
import { t } from "../text/language.ts";
import type { FilterDialog } from "../ui/filter-dialog.ts";
import { icon } from "../ui/icons.ts";
import { shared } from "../ui/shared.ts";
import { vars } from "../ui/vars.ts";
import { CardView } from "./view.ts";
import styles from "./full.css?inline";
import viewStyles from "./view.css?inline";
import "../ui/download-grid.ts";
import "../ui/filter-dialog.ts";
import "../ui/group-chips.ts";
import "../ui/tool-bar.ts";

const PHONE = 704; // pixels below which rows are cards

@customElement("d2m-card-full")
export class FullView extends CardView {
  @state() private phone = false;
  @state() private selecting = false;
  @query("d2m-filter-dialog") private filters!: FilterDialog | null;
  #sizes = new ResizeObserver(([entry]) => this.#fit(entry?.contentRect.width ?? 0));

  static override styles = [shared, unsafeCSS(viewStyles), unsafeCSS(styles)];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    this.addEventListener("d2m-verb", this.#onVerb);
    this.addEventListener("d2m-selecting", this.#onSelecting);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.removeEventListener("d2m-verb", this.#onVerb);
    this.removeEventListener("d2m-selecting", this.#onSelecting);
  }

  protected override head(): TemplateResult | typeof nothing {
    const { store } = this.model;
    if (!store.ready || store.downloads.size === 0) return nothing;
    return html`<div class="tools" @d2m-filters=${() => this.filters?.open()}>
        <label class="search"
          ><span class="unseen">${t("search.label")}</span>${icon("search")}
          <input
            type="search"
            placeholder=${t("search.placeholder")}
            autocomplete="off"
            spellcheck="false"
            @input=${(typed: InputEvent) =>
              this.model.narrow({ words: wordsOf((typed.target as HTMLInputElement).value) })}
            @keydown=${(press: Event) => press.stopPropagation()}
          />
        </label>
        <d2m-group-chips .model=${this.model}></d2m-group-chips>
      </div>
      <d2m-filter-dialog .model=${this.model}></d2m-filter-dialog>`;
  }

  protected override list(): TemplateResult {
    const { model } = this;
    const acting = model.selection.size > 0 || this.selecting;
    const rows = Math.min(this.settings.rows, Math.max(1, model.listing.rows.length));
    return html`<d2m-tool-bar .model=${model} ?phone=${this.phone} .selecting=${acting}></d2m-tool-bar> ${
        model.listing.rows.length > 0
          ? html`<d2m-download-grid
              class=${this.phone ? "phone" : ""}
              .model=${model}
              ?phone=${this.phone}
              ?selecting=${acting && this.phone}
              ${vars({ "--rows-shown": rows })}
            ></d2m-download-grid>`
          : html`<div class="empty" id="empty">
              <b>${t("empty.filtered")}</b><span>${t("empty.filtered_text")}</span>
              <button class="button outlined" @click=${this.#showAll}>${t("empty.show_all")}</button>
            </div>`
      }`;
  }

  #fit(width: number): void {
    if (width > 0) this.phone = width < PHONE;
  }

  #showAll = (): void => {
    const search = this.renderRoot.querySelector("input");
    if (search !== null) search.value = "";
    this.model.showEverything();
  };

  #onSelecting = (wanted: Event): void => {
    this.selecting = (wanted as CustomEvent<boolean>).detail;
    if (!this.selecting) this.model.selection.clear();
    this.model.touch();
  };

  #onVerb = (wanted: Event): void => {
    const verb = (wanted as CustomEvent<RowVerb>).detail;
    const { commands, selected } = this.model;
    const rows = commands.fitting(verb, selected);
    if (verb === "remove") this.removing.ask(rows);
    else if (rows.length > 0) void commands.run(verb, rows);
  };
}
