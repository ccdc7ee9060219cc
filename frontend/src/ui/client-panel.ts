// How each client is, in words; a press narrows the list to it, its menu asks all of it.

import { css, html, nothing } from "lit";
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
import { sideStyles } from "./side-bar.css.ts";

@customElement("d2m-client-panel")
export class ClientPanel extends Part {
  static override styles = [
    shared,
    sideStyles,
    css`
      :host {
        display: block;
      }

      li {
        position: relative;
      }

      .client {
        display: grid;
        grid-template-columns: 0.6rem minmax(0, 1fr) auto;
        gap: 0 0.75rem;
        align-items: baseline;
        width: 100%;
        padding: 0.4rem 0.6rem 0.45rem 0.75rem;
        border-radius: var(--d2m-radius);
      }

      .client:hover {
        background: color-mix(in srgb, var(--d2m-ink) 5.5%, transparent);
      }

      .client[aria-pressed="true"] {
        background: color-mix(in srgb, var(--d2m-accent) 13%, transparent);
      }

      .client[aria-pressed="true"] .label {
        color: var(--d2m-accent);
      }

      .dot {
        align-self: center;
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--d2m-amber);
      }

      [data-health="good"] .dot {
        background: var(--d2m-green);
      }

      [data-health="bad"] .dot {
        background: var(--d2m-red);
      }

      [data-health="unheard"] .dot {
        background: var(--d2m-grey);
      }

      .label {
        font-weight: 500;
      }

      .facts {
        grid-column: 2 / -1;
        font-size: 0.79rem;
        line-height: 1.45;
        color: var(--d2m-muted);
        overflow-wrap: anywhere;
      }

      .rates {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.7rem;
        font-variant-numeric: tabular-nums;
      }

      .trouble {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 4;
      }

      [data-health="bad"] .trouble {
        color: var(--d2m-red);
      }

      .menu {
        position: absolute;
        inset: 0.15rem 0.2rem auto auto;
        width: 1.75rem;
        min-height: 1.75rem;
        opacity: 0;
      }

      .menu,
      .menu:hover,
      .menu[aria-expanded="true"] {
        background: var(--d2m-raised) !important;
        box-shadow: 0 0 0 1px var(--d2m-line);
      }

      li:hover .menu,
      .menu:focus-visible,
      .menu[aria-expanded="true"] {
        opacity: 1;
      }

      @media (pointer: coarse) {
        .menu {
          opacity: 1;
          background: none !important;
          box-shadow: none;
        }

        .client {
          padding-inline-end: 2.8rem;
        }
      }
    `,
  ];

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
