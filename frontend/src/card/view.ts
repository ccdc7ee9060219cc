// What both views of the card have: a head, what is wrong, how the clients are, and what stands where nothing is listed.

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";

import { isNarrowed } from "../data/filter.ts";
import type { Problem } from "../data/ha-source.ts";
import { totals } from "../data/rates.ts";
import { clock, rate } from "../text/format.ts";
import { t } from "../text/language.ts";
import { healthOf, sentenceOf } from "../ui/health.ts";
import { icon } from "../ui/icons.ts";
import type { IconName } from "../ui/icons.ts";
import { Part } from "../ui/part.ts";
import type { RemoveDialog } from "../ui/remove-dialog.ts";
import type { Settings } from "./config.ts";
import "../ui/drawer.ts";
import "../ui/remove-dialog.ts";
import "../ui/toast-list.ts";

const WAITING_ROWS = 3;

export abstract class CardView extends Part {
  @property({ attribute: false }) settings!: Settings;
  /** Why the component tells nothing, if it is the component. */
  @property({ attribute: false }) problem: () => Problem | null = () => null;
  @query("d2m-remove-dialog") protected removing!: RemoveDialog;

  protected abstract list(): TemplateResult;

  protected override render(): TemplateResult {
    const { model } = this;
    const { store, listing } = model;
    return html`
      ${this.#head()} ${this.#banner()}
      <div class="content ${store.stale ? "stale" : ""}">
        ${listing.rows.length > 0 || (store.ready && isNarrowed(model.filter)) ? this.list() : this.#empty()}
      </div>
      ${this.settings.health && store.ready ? this.#clients() : nothing}
      <div class="over"><d2m-drawer .model=${model}></d2m-drawer></div>
      <d2m-remove-dialog .model=${model}></d2m-remove-dialog>
      <d2m-toast-list .model=${model}></d2m-toast-list>
    `;
  }

  protected head(): TemplateResult | typeof nothing {
    return nothing;
  }

  #head(): TemplateResult | typeof nothing {
    const { settings, model } = this;
    const title = settings.title ?? t("card.title");
    if (title === "" && !settings.rates) return this.head();
    return html`<header>
        ${title === "" ? nothing : html`<h2 title=${title}>${title}</h2>`}
        ${settings.rates && model.store.ready ? this.#rates() : nothing}
      </header>
      ${this.head()}`;
  }

  #rates(): TemplateResult {
    const { down, up } = totals(this.model.store.clients.values());
    const one = (way: "down" | "up", amount: number) =>
      html`<span class=${`${way} ${amount > 0 ? "moving" : ""}`} title=${t(`rates.${way}`)}
        >${icon(way)}<span class="unseen">${t(`rates.${way}`)}</span><span id=${way}>${rate(amount)}</span></span
      >`;
    return html`<div class="rates ${this.model.store.stale ? "stale" : ""}" role="group" aria-label=${t("rates.label")}>
      ${one("down", down)} ${one("up", up)}
    </div>`;
  }

  /** What is wrong while there is still something to see. */
  #banner(): TemplateResult | typeof nothing {
    const { store } = this.model;
    if (!store.ready) return nothing;
    const show = (text: string) => html`<p class="banner" role="status">${icon("attention")}<span>${text}</span></p>`;
    const from = t("banner.from", { time: clock(store.lastTold) });
    if (!store.live) return show(`${this.#reason().title} ${from}`);
    if (!store.broker) return show(`${t("card.no_broker")} ${from}`);
    const silent = [...store.bridges.values()].filter((bridge) => bridge.state !== "online");
    if (silent.length > 0) {
      const names = silent.map((bridge) => bridge.bridge).join(", ");
      return show(t("banner.no_bridge", { count: silent.length, names }));
    }
    if (!this.settings.health) return nothing;
    const ill = [...store.clients.values()].filter((client) => healthOf(store, client) === "bad");
    const [first] = ill;
    if (first === undefined) return nothing;
    return ill.length > 1
      ? show(t("banner.clients", { count: ill.length, names: ill.map((client) => client.name).join(", ") }))
      : show(`${first.name}: ${sentenceOf(store, first)}`);
  }

  #reason(): { title: string; text: string } {
    const problem = this.problem();
    if (problem === null) return { title: t("card.lost"), text: t("card.lost_text") };
    const which = problem === "not_loaded" && this.settings.entry !== undefined ? "no_entry" : problem;
    return { title: t(`card.${which}`), text: t(`card.${which}_text`) };
  }

  #empty(): TemplateResult {
    const { store } = this.model;
    const show = (sign: IconName, title: string, text: string) =>
      html`<div class="empty" id="empty">${icon(sign)}<b>${title}</b><span>${text}</span></div>`;
    if (!store.ready) {
      if (store.link.phase !== "waiting") return this.#loading();
      const { title, text } = this.#reason();
      return show("attention", title, text);
    }
    if (!store.broker) return show("attention", t("card.no_broker"), t("card.no_broker_text"));
    if (store.bridges.size === 0) return show("attention", t("card.no_bridge"), t("card.no_bridge_text"));
    if (store.clients.size === 0) {
      return this.settings.clients === undefined
        ? show("attention", t("card.no_client"), t("card.no_client_text"))
        : show("attention", t("card.none_of_clients"), t("card.none_of_clients_text"));
    }
    return show("check", t("empty.quiet"), t("card.quiet_text"));
  }

  /** The shape of what comes, so that nothing jumps; it is seen only when that takes long. */
  #loading(): TemplateResult {
    const rows = Array.from({ length: Math.min(WAITING_ROWS, this.settings.rows) });
    return html`<div class="loading" aria-busy="true">
      <span class="unseen">${t("card.loading")}</span>
      ${rows.map(() => html`<div class="ghost"><i></i><b></b><s></s></div>`)}
    </div>`;
  }

  #clients(): TemplateResult | typeof nothing {
    const { store } = this.model;
    const clients = [...store.clients.values()].sort((a, b) => a.name.localeCompare(b.name));
    if (clients.length === 0) return nothing;
    return html`<footer role="group" aria-label=${t("facet.client")}>
      ${clients.map(
        (client) =>
          html`<button
            data-client=${client.client}
            data-health=${healthOf(store, client)}
            title=${sentenceOf(store, client)}
            @click=${() => this.tell("d2m-more-info", client.client)}
          >
            <span class="dot"></span>${client.name}<span class="unseen">: ${sentenceOf(store, client)}</span>
          </button>`,
      )}
    </footer>`;
  }
}
