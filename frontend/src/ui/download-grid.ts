// The list. Of ten thousand rows only those in view exist; all have one height.

import { html, nothing, unsafeCSS } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { isFigure } from "../data/columns.ts";
import type { Column } from "../data/columns.ts";
import { stateOf } from "../data/states.ts";
import type { Row } from "../data/store.ts";
import { t } from "../text/language.ts";
import { card, cell } from "./cells.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { RowInput } from "./row-input.ts";
import { shared } from "./shared.ts";
import { vars } from "./vars.ts";
import cellStyles from "./cells.css?inline";
import styles from "./download-grid.css?inline";
import tones from "./tones.css?inline";

const CHECK = 2.25; // like the widths of columns, of --d2m-unit
const NAME_SHARE = 4; // of the room to spare, the name takes so many times what others of its width do
const BEYOND = 6; // rows that exist above and below those in view

@customElement("d2m-download-grid")
export class DownloadGrid extends Part {
  /** Whether rows are cards, for want of width. */
  @property({ type: Boolean, reflect: true }) phone = false;
  /** Whether a tap selects instead of opening. */
  @property({ type: Boolean, reflect: true }) selecting = false;
  @query(".scroller") private scroller!: HTMLElement;
  @query(".probe") private probe!: HTMLElement;
  #rowHeight = 38;
  readonly #input = new RowInput(this);
  #first = 0;
  #end = 60;
  #sizes = new ResizeObserver(() => this.#measure());

  static override styles = [shared, unsafeCSS(tones), unsafeCSS(styles), unsafeCSS(cellStyles)];

  override focus(): void {
    this.scroller.focus();
  }

  protected override firstUpdated(): void {
    this.#sizes.observe(this.scroller);
    this.#sizes.observe(this.probe);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("phone")) this.#measure();
  }

  protected override render(): TemplateResult {
    const { listing, selection } = this.model;
    const rows = listing.rows;
    const first = Math.min(this.#first, Math.max(0, rows.length - 1));
    const inView = rows.slice(first, this.#end);
    const activeIndex = inView.findIndex((row) => row.key === selection.active);
    return html`
      <div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label=${t("grid.label")}
        aria-multiselectable="true"
        aria-rowcount=${rows.length + 1}
        aria-colcount=${this.phone ? 1 : this.#columns.length}
        aria-activedescendant=${activeIndex < 0 ? nothing : `row-${first + activeIndex}`}
        ${vars({ "--columns": this.#template(), "--least": this.#least(), "--rows": rows.length, "--first": first })}
        @scroll=${this.#look}
        @keydown=${this.#input.onKey}
      >
        <div class="heads" role="rowgroup">${this.#heads()}</div>
        <div
          class="body"
          role="rowgroup"
          @click=${this.#input.onClick}
          @dblclick=${this.#input.onDouble}
          @contextmenu=${this.#input.onMenu}
        >
          ${repeat(
            inView,
            (row) => row.key,
            (row, index) => this.#row(row, first + index),
          )}
        </div>
      </div>
      <div class="probe" aria-hidden="true"></div>
    `;
  }

  get #columns(): Column[] {
    return this.model.columns.shown;
  }

  #template(): string {
    const { columns } = this.model;
    const widths = this.#columns.map((column) => {
      const width = columns.width(column);
      const share = column === "name" ? width * NAME_SHARE : columns.isResized(column) ? 0 : width;
      return `minmax(${measure(width)}, ${share}fr)`;
    });
    return [measure(CHECK), ...widths].join(" ");
  }

  #least(): string {
    return this.phone ? "0" : measure(this.model.columns.total + CHECK + 0.75);
  }

  #heads(): TemplateResult {
    return html`<div class="row head" role="row" aria-rowindex="1">
      <span class="check"></span>
      ${
        this.phone
          ? html`<span role="columnheader" class="unseen">${t("column.name")}</span>`
          : this.#columns.map((column, index) => this.#head(column, index))
      }
    </div>`;
  }

  #head(column: Column, index: number): TemplateResult {
    const { sort } = this.model.listing;
    const on = sort.by === column;
    const way = on ? (sort.direction > 0 ? "ascending" : "descending") : "none";
    return html`<span
      class="cell ${isFigure(column) ? "figure" : ""}"
      role="columnheader"
      aria-colindex=${index + 1}
      aria-sort=${way}
    >
      <button class="sort" title=${t("grid.sort_hint")} @click=${() => this.model.sortBy(column)}>
        <span class="label">${t(`column.${column}`)}</span>${on ? icon(sort.direction > 0 ? "up" : "down") : nothing}
      </button>
      ${
        column === "name"
          ? nothing
          : html`<span
              class="grip"
              aria-hidden="true"
              @pointerdown=${(press: PointerEvent) => this.#resize(press, column)}
              @dblclick=${() => this.#widen(column, null)}
            ></span>`
      }
    </span>`;
  }

  #row(row: Row, index: number): TemplateResult {
    const { selection, store } = this.model;
    const current = store.available(row.client);
    const classes = [
      "row",
      current ? "" : "old",
      selection.active === row.key ? "active" : "",
      row.error === null ? "" : "bad",
      row.error === null && row.warning !== null ? "warned" : "",
    ];
    return html`<div
      class=${classes.join(" ")}
      role="row"
      id=${`row-${index}`}
      data-key=${row.key}
      data-state=${stateOf(row)}
      aria-rowindex=${index + 2}
      aria-selected=${selection.has(row.key) ? "true" : "false"}
      aria-description=${current ? nothing : t("grid.as_last_known")}
    >
      <span class="check" data-check>${icon("check")}</span>
      ${
        this.phone
          ? html`<span class="card" role="gridcell">${card(row, this.model, current)}</span>`
          : this.#columns.map(
              (column, place) =>
                html`<span
                  class="cell ${isFigure(column) ? "figure" : ""}"
                  data-column=${column}
                  role="gridcell"
                  aria-colindex=${place + 1}
                  >${cell(column, row, this.model, current)}</span
                >`,
            )
      }
    </div>`;
  }

  /** How many rows fit. */
  get rowsInView(): number {
    return Math.floor(this.scroller.clientHeight / this.#rowHeight);
  }

  #measure(): void {
    const { height } = this.probe.getBoundingClientRect();
    if (height > 0) this.#rowHeight = height;
    this.#look();
    this.requestUpdate();
  }

  /** Which rows are in view; draws anew when others are. */
  #look = (): void => {
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.max(0, Math.floor(scrollTop / this.#rowHeight) - BEYOND);
    const end = Math.ceil((scrollTop + clientHeight) / this.#rowHeight) + BEYOND;
    if (first === this.#first && end === this.#end) return;
    [this.#first, this.#end] = [first, end];
    this.requestUpdate();
  };

  /** Scroll so far that the row of this number is in view. */
  reveal(index: number): void {
    const { scroller } = this;
    const room = scroller.clientHeight - (scroller.querySelector<HTMLElement>(".heads")?.offsetHeight ?? 0);
    const top = index * this.#rowHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + this.#rowHeight > scroller.scrollTop + room) scroller.scrollTop = top + this.#rowHeight - room;
  }

  #resize(press: PointerEvent, column: Column): void {
    press.preventDefault();
    const grip = press.currentTarget as HTMLElement;
    const unit = this.probe.getBoundingClientRect().width || 16;
    const [from, width] = [press.clientX, this.model.columns.width(column)];
    const move = (moved: PointerEvent) => this.#widen(column, width + (moved.clientX - from) / unit);
    grip.setPointerCapture(press.pointerId);
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
  }

  #widen(column: Column, width: number | null): void {
    this.model.columns.resize(column, width);
    this.model.touch();
  }
}

function measure(width: number): string {
  return `calc(${width} * var(--d2m-unit))`;
}
