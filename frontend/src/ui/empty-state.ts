// What stands where the list would be when there is nothing to list: what that means, and what to do.

import { css, html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { isNarrowed } from "../data/filter.ts";
import { t } from "../text/language.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";

const BROKER = "mqtt:\n  url: mqtt://192.168.1.10:1883";
const BRIDGE = "downloads2mqtt run";
const CLIENT =
  "clients:\n  seedbox:\n    kind: qbittorrent\n    url: http://192.168.1.10:8080\n    username: me\n    password: !secret seedbox";

@customElement("d2m-empty-state")
export class EmptyState extends Part {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        place-content: center;
        overflow: auto;
        padding: 2rem 1.5rem;
        text-align: center;
        color: var(--d2m-muted);
      }

      .inner {
        display: grid;
        justify-items: center;
        gap: 0.6rem;
        max-width: 34rem;
      }

      h2 {
        font-size: 1.2rem;
        font-weight: 650;
        letter-spacing: -0.01em;
        color: var(--d2m-ink);
      }

      pre {
        max-width: 100%;
        margin: 0.4rem 0;
        padding: 0.8rem 1.1rem;
        overflow-x: auto;
        text-align: start;
        font: 0.9rem/1.5 var(--d2m-mono);
        color: var(--d2m-ink);
        background: var(--d2m-sunken);
        border: 1px solid var(--d2m-line);
        border-radius: var(--d2m-radius);
      }

      .button {
        margin-top: 0.5rem;
      }
    `,
  ];

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
