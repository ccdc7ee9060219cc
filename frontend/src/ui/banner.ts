// Says when what is shown is from before, and why.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { clock, duration } from "../text/format.ts";
import { t } from "../text/language.ts";
import { healthOf, sentenceOf } from "./health.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import styles from "./banner.css?inline";

@customElement("d2m-banner")
export class Banner extends Part {
  /** Whether clients in trouble are told of here, as they are not in view elsewhere. */
  @property({ type: Boolean }) clients = false;

  static override styles = [shared, unsafeCSS(styles)];

  protected override render(): TemplateResult | typeof nothing {
    const { store } = this.model;
    if (!store.ready) return nothing;
    if (!store.live) return this.#show(t("banner.lost"), this.#nextTry(), true);
    if (!store.broker) return this.#show(t("banner.no_broker"), t("banner.no_broker_then"));
    const silent = [...store.bridges.values()].filter((bridge) => bridge.state !== "online");
    if (silent.length > 0) {
      const names = silent.map((bridge) => bridge.bridge).join(", ");
      return this.#show(t("banner.no_bridge", { count: silent.length, names }), t("banner.no_bridge_then"));
    }
    if (!this.clients) return nothing;
    const ill = [...store.clients.values()].filter((client) => healthOf(store, client) === "bad");
    const [first] = ill;
    if (first === undefined) return nothing;
    if (ill.length > 1) {
      return this.#show(
        t("banner.clients", { count: ill.length, names: ill.map((client) => client.name).join(", ") }),
        "",
      );
    }
    return this.#show(`${first.name}:`, sentenceOf(store, first));
  }

  #show(what: string, then: string, retry = false): TemplateResult {
    return html`<div class="banner" id="banner">
      ${icon("attention")}
      <p class="text"><strong role="status">${what}</strong> ${then}</p>
      ${
        retry
          ? html`<button class="button outlined" @click=${() => this.model.source.retry()}>
              ${t("banner.retry")}
            </button>`
          : nothing
      }
    </div>`;
  }

  #nextTry(): string {
    const { store } = this.model;
    const from = t("banner.from", { time: clock(store.lastTold) });
    if (store.link.phase !== "waiting") return `${from} ${t("banner.trying")}`;
    const seconds = Math.max(1, (store.link.retryAt - Date.now()) / 1000);
    return `${from} ${t("banner.next_try", { time: duration(seconds) })}`;
  }
}
