// The side bar where there is no room for it beside the list: it comes from the side when asked for.

import { html, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";

import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import styles from "./filter-dialog.css?inline";
import "./side-bar.ts";

@customElement("d2m-filter-dialog")
export class FilterDialog extends Part {
  @query("dialog") private dialog!: HTMLDialogElement;

  static override styles = [shared, unsafeCSS(styles)];

  open(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    const close = () => this.dialog.close();
    const outside = (press: MouseEvent) => press.target === this.dialog && close();
    return html`<dialog
      aria-label=${t("filter.label")}
      @click=${outside}
      @keydown=${(press: Event) => press.stopPropagation()}
    >
      <header>
        ${t("filter.label")}
        <button class="button icon-only" aria-label=${t("filter.close")} @click=${close}>${icon("clear")}</button>
      </header>
      <d2m-side-bar .model=${this.model}></d2m-side-bar>
    </dialog>`;
  }
}
