// The whole: what a page shows, or a card. It knows a model, and nothing of where that gets its downloads.

import { html, nothing, unsafeCSS } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { RowVerb } from "../data/commands.ts";
import { t } from "../text/language.ts";
import type { DownloadGrid } from "./download-grid.ts";
import type { FilterDialog } from "./filter-dialog.ts";
import { Part } from "./part.ts";
import type { RemoveDialog } from "./remove-dialog.ts";
import { shared } from "./shared.ts";
import { shortcutOf } from "./shortcuts.ts";
import { tokens } from "./tokens.ts";
import type { TopBar } from "./top-bar.ts";
import styles from "./dashboard.css?inline";
import "./banner.ts";
import "./download-grid.ts";
import "./empty-state.ts";
import "./filter-dialog.ts";
import "./group-chips.ts";
import "./remove-dialog.ts";
import "./side-bar.ts";
import "./toast-list.ts";
import "./tool-bar.ts";
import "./top-bar.ts";

const NARROW = 62; // rem below which the side bar is put away
const PHONE = 44; // rem below which rows are cards

@customElement("d2m-dashboard")
export class Dashboard extends Part {
  /** Whether shortcuts are heard from the whole page, or (in a card) from inside only. */
  @property({ type: Boolean }) page = false;
  /** Whether what is shown is from before. */
  @property({ type: Boolean, reflect: true }) stale = false;
  @state() private narrow = false;
  @state() private phone = false;
  @state() private selecting = false;
  @query("d2m-top-bar") private top!: TopBar;
  @query("d2m-download-grid") private grid!: DownloadGrid | null;
  @query("d2m-remove-dialog") private removing!: RemoveDialog;
  @query("d2m-filter-dialog") private filters!: FilterDialog | null;
  #sizes = new ResizeObserver(([entry]) => this.#fit(entry?.contentRect.width ?? 0));
  #keys: EventTarget = this;

  static override styles = [tokens, shared, unsafeCSS(styles)];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    this.#keys = this.page ? window : this;
    this.#keys.addEventListener("keydown", this.#onKey as EventListener);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#keys.removeEventListener("keydown", this.#onKey as EventListener);
  }

  /** Put the keyboard into the list. */
  toList(): void {
    this.grid?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.stale = this.model.store.stale;
  }

  protected override render(): TemplateResult {
    const { model } = this;
    const { listing, selection } = model;
    const acting = selection.size > 0 || this.selecting;
    return html`
      <d2m-top-bar .model=${model} ?phone=${this.phone} ?stale=${this.stale} @d2m-to-list=${this.toList}>
        <slot name="mark" slot="mark"></slot>
        <slot name="buttons" slot="buttons"></slot>
      </d2m-top-bar>
      <d2m-banner .model=${model} ?clients=${this.narrow}></d2m-banner>
      <div
        class="body ${this.narrow ? "narrow" : ""} ${this.phone ? "phone" : ""} ${acting ? "acting" : ""}"
        @d2m-verb=${(wanted: CustomEvent<RowVerb>) => this.#run(wanted.detail)}
        @d2m-selecting=${(wanted: CustomEvent<boolean>) => this.#select(wanted.detail)}
        @d2m-filters=${() => this.filters?.open()}
      >
        ${this.narrow ? nothing : html`<d2m-side-bar .model=${model}></d2m-side-bar>`}
        <main aria-label=${t("list.label")}>
          ${this.narrow ? html`<d2m-group-chips .model=${model}></d2m-group-chips>` : nothing}
          ${
            model.store.ready && model.store.downloads.size > 0
              ? html`<d2m-tool-bar .model=${model} ?phone=${this.phone} .selecting=${acting}></d2m-tool-bar>`
              : nothing
          }
          ${
            listing.rows.length > 0
              ? html`<d2m-download-grid
                  .model=${model}
                  ?phone=${this.phone}
                  ?selecting=${acting && this.phone}
                ></d2m-download-grid>`
              : html`<d2m-empty-state .model=${model}><slot name="empty"></slot></d2m-empty-state>`
          }
        </main>
        <slot name="drawer"></slot>
      </div>
      ${this.narrow ? html`<d2m-filter-dialog .model=${model}></d2m-filter-dialog>` : nothing}
      <d2m-remove-dialog .model=${model}></d2m-remove-dialog>
      <d2m-toast-list .model=${model}></d2m-toast-list>
      <slot></slot>
    `;
  }

  #fit(width: number): void {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.narrow = width < NARROW * rem;
    this.phone = width < PHONE * rem;
  }

  #select(selecting: boolean): void {
    this.selecting = selecting;
    if (!selecting) this.model.selection.clear();
    this.model.touch();
  }

  #run(verb: RowVerb): void {
    const { commands, selected } = this.model;
    const rows = commands.fitting(verb, selected);
    if (verb === "remove") this.removing.ask(rows);
    else if (rows.length > 0) void commands.run(verb, rows);
  }

  #onKey = (press: KeyboardEvent): void => {
    const shortcut = shortcutOf(press);
    if (shortcut === undefined) return;
    press.preventDefault();
    switch (shortcut.sends) {
      case "d2m-search":
        return this.top.search();
      case "d2m-verb":
        return this.#run(shortcut.detail as RowVerb);
      case "d2m-escape":
        if (this.model.opened !== null) this.model.open(null);
        else this.#select(false);
        return;
      default:
        this.tell(shortcut.sends ?? "");
    }
  };
}
