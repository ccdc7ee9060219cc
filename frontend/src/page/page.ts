// What only the page has, around the dashboard that it shares with the card.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { totals } from "../data/rates.ts";
import { rate } from "../text/format.ts";
import { t } from "../text/language.ts";
import { Part } from "../ui/part.ts";
import { shared } from "../ui/shared.ts";
import { tokens } from "../ui/tokens.ts";
import { icon } from "../ui/icons.ts";
import type { Sheet } from "../ui/sheet.ts";
import type { Dashboard } from "../ui/dashboard.ts";
import "../ui/add-dialog.ts";
import "../ui/dashboard.ts";
import "../ui/drawer.ts";
import "../ui/help-sheet.ts";
import "../ui/rate-chart.ts";
import "./notifications.ts";
import "./user-menu.ts";
import favicon from "./favicon.svg";
import styles from "./page.css?inline";

@customElement("d2m-page")
export class Page extends Part {
  static override styles = [tokens, shared, unsafeCSS(styles)];

  protected override render(): TemplateResult {
    return html`
      <button class="skip" @click=${this.#skip}>${t("page.skip")}</button>
      <d2m-dashboard
        .model=${this.model}
        page
        @d2m-add=${() => this.#open("d2m-add-dialog")}
        @d2m-help=${() => this.#open("d2m-help-sheet")}
        @d2m-chart=${() => this.#open("d2m-rate-chart")}
      >
        <img slot="mark" src=${favicon} alt="" width="24" height="24" />
        ${this.#buttons()}
        <d2m-drawer slot="drawer" .model=${this.model}></d2m-drawer>
        <d2m-add-dialog .model=${this.model} page></d2m-add-dialog>
        <d2m-rate-chart .model=${this.model}></d2m-rate-chart>
        <d2m-help-sheet .model=${this.model}></d2m-help-sheet>
      </d2m-dashboard>
    `;
  }

  #buttons(): TemplateResult {
    const mayAdd = this.model.commands.taking("add").length > 0;
    return html`${
        mayAdd
          ? html`<button
              slot="buttons"
              class="button primary add"
              aria-label=${t("add.title")}
              @click=${() => this.#open("d2m-add-dialog")}
            >
              ${icon("add")}<span>${t("add.open")}</span>
            </button>`
          : nothing
      }
      <button
        slot="buttons"
        class="button icon-only chart"
        title=${t("chart.open")}
        aria-label=${t("chart.open")}
        @click=${() => this.#open("d2m-rate-chart")}
      >
        ${icon("chart")}
      </button>
      <d2m-notifications slot="buttons" .model=${this.model}></d2m-notifications>
      <d2m-user-menu slot="buttons" .model=${this.model}></d2m-user-menu>`;
  }

  protected override updated(): void {
    const { store } = this.model;
    const { down } = totals(store.clients.values());
    const title = store.live && store.broker && down > 0 ? `↓ ${rate(down)} · downloads2mqtt` : "downloads2mqtt";
    if (document.title !== title) document.title = title;
  }

  #open(sheet: string): void {
    if (sheet === "d2m-add-dialog" && this.model.commands.taking("add").length === 0) return;
    this.renderRoot.querySelector<Sheet>(sheet)?.open();
  }

  #skip = (): void => {
    this.renderRoot.querySelector<Dashboard>("d2m-dashboard")?.toList();
  };
}
