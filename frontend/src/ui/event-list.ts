// What happened to one download: as the page saw it, and as its bridge remembers.

import { html, nothing, unsafeCSS } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { reasonOf } from "../data/commands.ts";
import type { DownloadEvent } from "../data/contract.ts";
import { pastEvents, together } from "../data/past.ts";
import type { Row } from "../data/store.ts";
import { moment, momentInFull } from "../text/format.ts";
import { t } from "../text/language.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import drawerStyles from "./drawer.css?inline";
import styles from "./event-list.css?inline";

const SHOWN = 50;

@customElement("d2m-event-list")
export class EventList extends Part {
  @property({ attribute: false }) row!: Row;
  @state() private past: DownloadEvent[] = [];
  @state() private trouble = "";
  #asked = "";

  static override styles = [shared, unsafeCSS(drawerStyles), unsafeCSS(styles)];

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { store } = this.model;
    if (this.#asked === this.row.key || !store.live) return;
    this.#asked = this.row.key;
    this.past = [];
    this.trouble = "";
    void this.#ask(this.row);
  }

  async #ask(row: Row): Promise<void> {
    try {
      const past = await pastEvents(this.model.source, this.model.store, row);
      if (this.#asked === row.key) this.past = past;
    } catch (failure) {
      if (this.#asked === row.key) this.trouble = reasonOf(failure);
    }
  }

  protected override render(): TemplateResult {
    const { row, model } = this;
    const live = model.store.events.filter((event) => event.client === row.client && event.id === row.id);
    const events = together(live, this.past).slice(0, SHOWN);
    return html`<section aria-labelledby="events">
      <h3 id="events">${t("drawer.events")}</h3>
      ${
        events.length === 0
          ? html`<p class="none">${t("drawer.no_events")}</p>`
          : html`<ol class="events">
              ${events.map((event) => this.#event(event))}
            </ol>`
      }
      ${this.trouble ? html`<p class="none">${t("drawer.no_history", { reason: this.trouble })}</p>` : nothing}
    </section>`;
  }

  #event(event: DownloadEvent): TemplateResult {
    const to = event.to === null ? "" : t(`state.${event.to}`);
    return html`<li data-event=${event.event}>
      <span>${t(`event.${event.event}`, { state: to })}</span>
      <time datetime=${event.at} title=${momentInFull(event.at)}>${moment(event.at, this.model.store.now())}</time>
    </li>`;
  }
}
