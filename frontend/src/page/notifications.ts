// The bell: what completed, failed or was notified lately, and whether the browser shall say so too.

import { html, nothing, unsafeCSS } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { DownloadEvent, Notice } from "../data/contract.ts";
import { isNews } from "../data/digest.ts";
import { browserMemory } from "../data/memory.ts";
import { moment, momentInFull } from "../text/format.ts";
import { t } from "../text/language.ts";
import { icon } from "../ui/icons.ts";
import { Part } from "../ui/part.ts";
import { shared } from "../ui/shared.ts";
import { vars } from "../ui/vars.ts";
import { Alerts } from "./alerts.ts";
import styles from "./notifications.css?inline";

const KEPT = 100;

interface News {
  tone: "completed" | "failed" | "notice";
  text: string;
  about: string;
  at: string;
  key: string | null;
}

@customElement("d2m-notifications")
export class Notifications extends Part {
  @state() private news: News[] = [];
  @state() private unread = 0;
  @state() private shown = false;
  @query("[popover]") private popup!: HTMLElement;
  @query(".bell") private bell!: HTMLElement;
  #place = { top: 0, right: 0 };
  #unhear: (() => void)[] = [];
  #user: string | null = null;
  #alerts = new Alerts(
    browserMemory,
    (client) => this.#nameOf(client),
    (key) => this.#open(key),
  );

  static override styles = [shared, unsafeCSS(styles)];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#hear();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unhear.forEach((end) => end());
    this.#unhear = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("model")) this.#hear();
    const { store } = this.model;
    // Another reader must not see what this one saw.
    const left = store.link.phase === "login" || (store.live && store.reader.user !== this.#user);
    if (left && this.news.length > 0) [this.news, this.unread] = [[], 0];
    if (store.live) this.#user = store.reader.user;
  }

  #hear(): void {
    this.#unhear.forEach((end) => end());
    this.#unhear = [this.model.onEvent(this.#onEvent), this.model.onNotice(this.#onNotice)];
  }

  #onEvent = (event: DownloadEvent): void => {
    if (!isNews(event)) return;
    this.#alerts.hear(event);
    this.#add({
      tone: event.event === "failed" ? "failed" : "completed",
      text: event.name,
      about: [
        t(event.event === "failed" ? "bell.failed" : "bell.completed"),
        t("bell.in", { client: this.#nameOf(event.client) }),
        event.event === "failed" ? event.download.error : null,
      ]
        .filter(Boolean)
        .join(" · "),
      at: event.at,
      key: `${event.client}:${event.id}`,
    });
  };

  #onNotice = (notice: Notice): void => {
    this.#add({ tone: "notice", text: notice.message, about: notice.type, at: notice.at, key: null });
  };

  #add(news: News): void {
    this.news = [news, ...this.news].slice(0, KEPT);
    if (!this.shown) this.unread = Math.min(KEPT, this.unread + 1);
  }

  protected override render(): TemplateResult {
    const label = this.unread > 0 ? t("bell.unread", { count: this.unread }) : t("bell.label");
    return html`<button
        class="button icon-only bell"
        title=${t("bell.label")}
        aria-label=${label}
        aria-haspopup="dialog"
        aria-expanded=${this.shown ? "true" : "false"}
        @click=${this.#show}
      >
        ${icon("bell")}${this.unread > 0 ? html`<span class="unread" aria-hidden="true">${this.unread}</span>` : nothing}
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${t("bell.label")}
        ${vars({ "--top": `${this.#place.top}px`, "--right": `${this.#place.right}px` })}
        @toggle=${this.#onToggle}
      >
        ${this.shown ? this.#panel() : nothing}
      </div>`;
  }

  #panel(): TemplateResult {
    return html`<header>
        <h2>${t("bell.label")}</h2>
        ${
          this.news.length > 0
            ? html`<button class="button" @click=${() => (this.news = [])}>${t("bell.clear")}</button>`
            : nothing
        }
      </header>
      ${this.#asking()}
      ${
        this.news.length > 0
          ? html`<ul>
              ${this.news.map((news) => this.#news(news))}
            </ul>`
          : html`<p class="none">${t("bell.empty")}</p>`
      }`;
  }

  #asking(): TemplateResult {
    const { state } = this.#alerts;
    if (state === "missing") return html`<p class="hint">${t("bell.insecure")}</p>`;
    if (state === "denied") return html`<p class="hint">${t("bell.denied")}</p>`;
    const turn = async (changed: Event) => {
      await this.#alerts.turn((changed.target as HTMLInputElement).checked);
      this.requestUpdate();
    };
    return html`<label class="ask"
      ><input type="checkbox" role="switch" .checked=${state === "on"} @change=${turn} />${t("bell.turn_on")}</label
    >`;
  }

  #news(news: News): TemplateResult {
    const sign = { completed: "completed", failed: "failed", notice: "bell" } as const;
    const content = html`${icon(sign[news.tone])}<span class="text">${news.text}</span
      ><time datetime=${news.at} title=${momentInFull(news.at)}>${moment(news.at, this.model.store.now())}</time
      ><span class="about">${news.about}</span>`;
    return html`<li data-tone=${news.tone}>
      ${
        news.key === null
          ? html`<div class="news">${content}</div>`
          : html`<button class="news" @click=${() => this.#open(news.key)}>${content}</button>`
      }
    </li>`;
  }

  #show = (): void => {
    const { bottom, right } = this.bell.getBoundingClientRect();
    this.#place = { top: bottom + 6, right: Math.max(8, document.documentElement.clientWidth - right) };
    this.requestUpdate();
    void this.updateComplete.then(() => this.popup.togglePopover());
  };

  #onToggle = (toggle: ToggleEvent): void => {
    this.shown = toggle.newState === "open";
    this.unread = 0;
    if (this.shown)
      void this.updateComplete.then(() => this.popup.querySelector<HTMLElement>("input, button")?.focus());
  };

  #open(key: string | null): void {
    if (this.popup?.matches(":popover-open")) this.popup.hidePopover();
    if (key === null || !this.model.store.downloads.has(key)) return;
    this.model.selection.only(key);
    this.model.open(key);
  }

  #nameOf(client: string): string {
    return this.model.store.clients.get(client)?.name ?? client;
  }
}
