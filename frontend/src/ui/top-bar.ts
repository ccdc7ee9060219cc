// The head of the page: search, the rates of all, and how the connection is.

import { css, html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import { wordsOf } from "../data/filter.ts";
import { totals } from "../data/rates.ts";
import { rate } from "../text/format.ts";
import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import "./rate-curve.ts";

@customElement("d2m-top-bar")
export class TopBar extends Part {
  @property({ type: Boolean, reflect: true }) phone = false;
  @query("input") private input!: HTMLInputElement;

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.5rem 1rem;
        padding: 0.55rem 1rem;
        background: var(--d2m-surface);
        border-bottom: 1px solid var(--d2m-line);
      }

      .brand {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        font-weight: 650;
        letter-spacing: -0.015em;
        white-space: nowrap;
        min-width: 15rem;
      }

      .brand img {
        width: 1.5rem;
        height: 1.5rem;
      }

      .brand b {
        color: var(--d2m-accent);
        font-weight: inherit;
      }

      .search {
        position: relative;
        flex: 0 1 26rem;
        min-width: 8rem;
        color: var(--d2m-muted);
      }

      .search svg {
        position: absolute;
        inset-inline-start: 0.65rem;
        top: 50%;
        translate: 0 -50%;
        width: 1rem;
        height: 1rem;
        pointer-events: none;
      }

      input {
        width: 100%;
        height: 2.125rem;
        padding: 0 0.75rem 0 2.1rem;
        border: 1px solid transparent;
        border-radius: var(--d2m-radius);
        background: var(--d2m-sunken);
        color: var(--d2m-ink);
      }

      input::placeholder {
        color: var(--d2m-muted);
        opacity: 1;
      }

      .search kbd {
        position: absolute;
        inset-inline-end: 0.5rem;
        top: 50%;
        translate: 0 -50%;
        padding: 0 0.4rem;
        border: 1px solid var(--d2m-line);
        border-radius: 0.3rem;
        background: var(--d2m-surface);
        font: 0.75rem/1.3 var(--d2m-mono);
        pointer-events: none;
      }

      input:focus + kbd,
      input:not(:placeholder-shown) + kbd {
        display: none;
      }

      .rates {
        display: flex;
        align-items: center;
        gap: 1.1rem;
        margin-inline-start: auto;
        font-variant-numeric: tabular-nums;
      }

      .rates div {
        display: flex;
        align-items: center;
        gap: 0.3rem;
        min-width: 6.4rem;
        font-weight: 600;
        white-space: nowrap;
      }

      .rates svg {
        width: 1rem;
        height: 1rem;
        stroke-width: 2.2;
      }

      .down svg {
        color: var(--d2m-blue);
      }

      .up svg {
        color: var(--d2m-green);
      }

      .stale .rates,
      :host([stale]) .rates {
        filter: grayscale(1);
        opacity: 0.6;
      }

      .link {
        display: inline-flex;
        align-items: center;
        gap: 0.45rem;
        font-size: 0.82rem;
        color: var(--d2m-muted);
        white-space: nowrap;
      }

      .dot {
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--d2m-amber);
      }

      .link[data-link="live"] .dot {
        background: var(--d2m-green);
        box-shadow: 0 0 0 0.2rem color-mix(in srgb, var(--d2m-green) 20%, transparent);
      }

      .link[data-link="lost"] .dot {
        background: var(--d2m-red);
      }

      .buttons {
        display: flex;
        align-items: center;
        gap: 0.25rem;
      }

      @media (max-width: 68rem) {
        .brand {
          flex: none;
          min-width: 0;
        }

        d2m-rate-curve {
          display: none;
        }
      }

      :host([phone]) {
        display: grid;
        grid-template: "brand rates link buttons" auto "search search search search" auto / auto 1fr auto auto;
        padding: 0.6rem 0.9rem;
        gap: 0.5rem 0.6rem;
      }

      :host([phone]) .brand {
        grid-area: brand;
      }

      :host([phone]) .brand span,
      :host([phone]) .link .word,
      :host([phone]) kbd {
        display: none;
      }

      :host([phone]) .search {
        grid-area: search;
      }

      :host([phone]) input {
        height: 2.5rem;
        font-size: 16px;
      }

      :host([phone]) .rates {
        flex-direction: column;
        align-items: start;
        gap: 0;
        margin: 0;
      }

      :host([phone]) .rates div {
        min-width: 0;
        font-size: 0.79rem;
      }
    `,
  ];

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
