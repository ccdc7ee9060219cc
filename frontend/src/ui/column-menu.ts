// Which columns are shown, and in which order.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";

import type { Column } from "../data/columns.ts";
import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import { vars } from "./vars.ts";
import styles from "./column-menu.css?inline";

@customElement("d2m-column-menu")
export class ColumnMenu extends Part {
  @query("[popover]") private popup!: HTMLElement;
  #open = false;
  #place = { top: 0, right: 0 };

  static override styles = [shared, unsafeCSS(styles)];

  protected override render(): TemplateResult {
    const { columns } = this.model;
    return html`
      <button
        class="button icon-only"
        title=${t("columns.choose")}
        aria-label=${t("columns.choose")}
        aria-expanded=${this.#open ? "true" : "false"}
        @click=${this.#show}
      >
        ${icon("columns")}
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${t("columns.choose")}
        ${vars({ "--top": `${this.#place.top}px`, "--right": `${this.#place.right}px` })}
        @toggle=${(toggle: ToggleEvent) => {
          this.#open = toggle.newState === "open";
          this.requestUpdate();
        }}
      >
        ${
          this.#open
            ? html`<ul>
                  ${columns.all.map((column) => this.#column(column))}
                </ul>
                <button class="button outlined reset" @click=${() => this.#change(() => columns.reset())}>
                  ${t("columns.reset")}
                </button>`
            : nothing
        }
      </div>
    `;
  }

  #column(column: Column): TemplateResult {
    const { columns } = this.model;
    const shown = columns.shown.includes(column);
    const place = columns.shown.indexOf(column);
    const name = t(`column.${column}`);
    const mover = (by: -1 | 1) =>
      html`<button
        class="button icon-only"
        aria-label=${t(by < 0 ? "columns.earlier" : "columns.later", { column: name })}
        ?disabled=${by < 0 ? place <= 1 : place === columns.shown.length - 1}
        @click=${() => this.#change(() => columns.move(column, by))}
      >
        ${icon(by < 0 ? "up" : "down")}
      </button>`;
    return html`<li>
      <label
        ><input
          type="checkbox"
          .checked=${shown}
          ?disabled=${column === "name"}
          @change=${(changed: Event) =>
            this.#change(() => columns.show(column, (changed.target as HTMLInputElement).checked))}
        />${name}</label
      >
      ${shown && column !== "name" ? [mover(-1), mover(1)] : nothing}
    </li>`;
  }

  #show = (press: MouseEvent): void => {
    const { bottom, right } = (press.currentTarget as HTMLElement).getBoundingClientRect();
    this.#place = { top: bottom + 4, right: Math.max(8, document.documentElement.clientWidth - right) };
    this.requestUpdate();
    void this.updateComplete.then(() => this.popup.togglePopover());
  };

  #change(change: () => void): void {
    change();
    this.model.touch();
  }
}
