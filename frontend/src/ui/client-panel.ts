// How each client is, in words; a press narrows the list to it, its menu asks all of it.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { Client } from "../data/contract.ts";
import { bytes, rate, whole } from "../text/format.ts";
import { t } from "../text/language.ts";
import { ageOf, healthOf, sentenceOf } from "./health.ts";
import { icon } from "./icons.ts";
import { openMenu } from "./menu.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import sideStyles from "./options.css?inline";
import styles from "./client-panel.css?inline";

@customElement("d2m-client-panel")
export class ClientPanel extends Part {
  static override styles = [shared, unsafeCSS(sideStyles), unsafeCSS(styles)];

  protected override render(): TemplateResult | typeof nothing {
    const clients = [...this.model.store.clients.values()].sort((a, b) => a.name.localeCompare(b.name));
    if (clients.length === 0) return nothing;
    return html`<section aria-labelledby="clients">
      <h2 id="clients">${t("facet.client")}</h2>
      <ul>
        ${repeat(
          clients,
          (client) => client.client,
          (client) => this.#client(client),
        )}
      </ul>
    </section>`;
  }

  #client(client: Client): TemplateResult {
    const { model } = this;
    const health = healthOf(model.store, client);
    const count = model.listing.counts.client.get(client.client) ?? 0;
    const press = (how: MouseEvent) =>
      model.choose("client", [client.client], how.ctrlKey || how.metaKey || how.shiftKey);
    return html`<li>
      <button
        class="client"
        data-client=${client.client}
        data-health=${health}
        aria-pressed=${model.filter.client.has(client.client) ? "true" : "false"}
        title=${[client.kind, client.version].filter(Boolean).join(" ")}
        @click=${press}
      >
        <span class="dot" aria-hidden="true"></span>
        <span class="label">${client.name}</span>
        <span class="count">${whole(count)}</span>
        <span class="facts">${this.#facts(client, health)}</span>
      </button>
      ${this.#menu(client)}
    </li>`;
  }

  #facts(client: Client, health: string): TemplateResult {
    const { store } = this.model;
    if (health !== "good") return html`<span class="trouble">${sentenceOf(store, client)}</span>`;
    const stats = client.stats;
    const free = stats?.free_space ?? null;
    return html`<span class="rates"
        ><span>↓ ${rate(stats?.download_rate ?? 0)}</span><span>↑ ${rate(stats?.upload_rate ?? 0)}</span></span
      >
      <span>${ageOf(store, client)}${free === null ? "" : ` · ${t("client.free", { size: bytes(free) })}`}</span>`;
  }

  #menu(client: Client): TemplateResult | typeof nothing {
    const { commands } = this.model;
    const items = [
      ...(["pause", "resume"] as const)
        .filter((verb) => commands.takes(client.client, verb))
        .map((verb) => ({
          label: t(`menu.${verb}_all`, { client: client.name }),
          sign: verb,
          press: () => void commands.runAll(verb, [client.client]),
        })),
      ...(commands.takes(client.client, "poll")
        ? [{ label: t("menu.poll"), sign: "refresh" as const, press: () => void commands.ask(client.client, "poll") }]
        : []),
    ];
    if (items.length === 0) return nothing;
    return html`<button
      class="button icon-only menu"
      aria-label=${t("menu.of", { client: client.name })}
      aria-haspopup="menu"
      @click=${(press: MouseEvent) => openMenu(press.currentTarget as HTMLElement, items)}
    >
      ${icon("more")}
    </button>`;
  }
}
