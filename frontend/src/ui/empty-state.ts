// What stands where the list would be when there is nothing to list: what that means, and what to do.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { isNarrowed } from "../data/filter.ts";
import { t } from "../text/language.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import styles from "./empty-state.css?inline";

const BROKER = "mqtt:\n  url: mqtt://192.168.1.10:1883";
const BRIDGE = "downloads2mqtt run";
const CLIENT =
  "clients:\n  seedbox:\n    kind: qbittorrent\n    url: http://192.168.1.10:8080\n    username: me\n    password: !secret seedbox";

@customElement("d2m-empty-state")
export class EmptyState extends Part {
  static override styles = [shared, unsafeCSS(styles)];

  protected override render(): TemplateResult {
    const { store, filter } = this.model;
    const show = (title: string, text: string, code = "", after = "") =>
      html`<div class="inner" id="empty">
        <h2>${title}</h2>
        <p>${text}</p>
        ${code ? html`<pre tabindex="0">${code}</pre>` : nothing}${after ? html`<p>${after}</p>` : nothing}
        <slot></slot>
      </div>`;
    if (store.link.phase === "login") {
      return show(t("empty.login"), t(store.link.form ? "empty.login_text" : "empty.login_elsewhere"));
    }
    if (!store.ready) {
      return store.link.phase === "waiting"
        ? show(t("empty.no_relay"), t("empty.no_relay_text"))
        : show(t("empty.connecting"), t("empty.connecting_text"));
    }
    if (store.downloads.size > 0 && isNarrowed(filter)) {
      return html`<div class="inner" id="empty">
        <h2>${t("empty.filtered")}</h2>
        <p>${t("empty.filtered_text")}</p>
        <button class="button outlined" @click=${() => this.model.showEverything()}>${t("empty.show_all")}</button>
      </div>`;
    }
    if (!store.broker) return show(t("empty.no_broker"), t("empty.no_broker_text"), BROKER);
    if (store.bridges.size === 0)
      return show(t("empty.no_bridge"), t("empty.no_bridge_text"), BRIDGE, t("empty.no_bridge_after"));
    if (store.clients.size === 0)
      return show(t("empty.no_client"), t("empty.no_client_text"), CLIENT, t("empty.no_client_after"));
    return show(t("empty.quiet"), t("empty.quiet_text"));
  }
}
