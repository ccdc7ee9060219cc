// The head of the page: search, the rates of all, and how the connection is.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import { wordsOf } from "../data/filter.ts";
import { totals } from "../data/rates.ts";
import { rate } from "../text/format.ts";
import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import styles from "./top-bar.css?inline";
import "./rate-curve.ts";

@customElement("d2m-top-bar")
export class TopBar extends Part {
  @property({ type: Boolean, reflect: true }) phone = false;
  @query("input") private input!: HTMLInputElement;

  static override styles = [shared, unsafeCSS(styles)];

  /** Go to the search. */
  search(): void {
    this.input.focus();
    this.input.select();
  }

  protected override render(): TemplateResult {
    const { store } = this.model;
    const { down, up } = totals(store.clients.values());
    const words = this.model.filter.words;
    return html`
      <h1 class="brand"><slot name="mark"></slot><span>downloads<b>2</b>mqtt</span></h1>
      <label class="search">
        <span class="unseen">${t("search.label")}</span>${icon("search")}
        <input
          id="search"
          type="search"
          placeholder=${t("search.placeholder")}
          autocomplete="off"
          spellcheck="false"
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          .value=${words.length === 0 && this.input?.value.trim() !== "" ? "" : (this.input?.value ?? "")}
        /><kbd aria-hidden="true">/</kbd>
      </label>
      <div class="rates" role="group" aria-label=${t("rates.label")}>
        <d2m-rate-curve .model=${this.model} aria-hidden="true" @click=${() => this.tell("d2m-chart")}></d2m-rate-curve>
        <div class="down" title=${t("rates.down")}>
          ${icon("down")}<span class="unseen">${t("rates.down")}</span
          ><span id="down">${store.ready ? rate(down) : "–"}</span>
        </div>
        <div class="up" title=${t("rates.up")}>
          ${icon("up")}<span class="unseen">${t("rates.up")}</span><span id="up">${store.ready ? rate(up) : "–"}</span>
        </div>
      </div>
      ${this.#link()}
      <div class="buttons"><slot name="buttons"></slot></div>
    `;
  }

  #link(): TemplateResult | typeof nothing {
    const { store } = this.model;
    const [kind, word] = ((): [string, string] => {
      if (store.live) return store.broker ? ["live", t("link.live")] : ["lost", t("link.no_broker")];
      if (store.link.phase === "login") return ["lost", t("link.login")];
      return store.ready || store.link.phase === "waiting"
        ? ["lost", t("link.lost")]
        : ["connecting", t("link.connecting")];
    })();
    return html`<span class="link" data-link=${kind} title=${word}
      ><span class="dot" aria-hidden="true"></span><span class="word" id="link" role="status">${word}</span></span
    >`;
  }

  #onInput = (): void => {
    this.model.narrow({ words: wordsOf(this.input.value) });
  };

  #onKey = (press: KeyboardEvent): void => {
    if (press.key === "Escape" && this.input.value !== "") {
      this.input.value = "";
      this.#onInput();
    } else if (press.key === "Escape" || press.key === "ArrowDown" || press.key === "Enter") {
      this.tell("d2m-to-list");
    } else {
      return;
    }
    press.preventDefault();
    press.stopPropagation();
  };
}
