// The card that Home Assistant's dashboards show: it lives as long as it is on a page, and holds a model of its own.

import { LitElement, html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { HaSource } from "../data/ha-source.ts";
import { browserMemory } from "../data/memory.ts";
import type { Memory } from "../data/memory.ts";
import { Model } from "../data/model.ts";
import { speak } from "../text/language.ts";
import { shared } from "../ui/shared.ts";
import { TYPE, settingsOf } from "./config.ts";
import type { CardConfig, Settings } from "./config.ts";
import { formOf } from "./form.ts";
import type { Form } from "./form.ts";
import { languagesOf, statusOf } from "./hass.ts";
import type { Hass } from "./hass.ts";
import { Scope } from "./scope.ts";
import theme from "./theme.css?inline";
import "./compact.ts";
import "./full.ts";

const COMPACT_ROW = 1.15; // of Home Assistant's rows of about 50 px
const HEAD = 1;
const COLUMNS = ["name", "state", "progress", "size", "download_rate", "eta", "client"]; // until others are chosen

@customElement(TYPE)
export class DownloadsCard extends LitElement {
  @property({ type: Boolean, reflect: true }) dark = false;
  /** Whether the words are there: without them nothing is shown. */
  @state() private spoken = false;
  @state() private settings: Settings | undefined;
  @state() private model: Model | undefined;
  #source: HaSource | undefined;
  #hass: Hass | undefined;
  #languages = "";
  #bounds = "";

  static override styles = [shared, unsafeCSS(theme)];

  static getConfigForm(): Promise<Form> {
    return formOf();
  }

  static getStubConfig(): Partial<CardConfig> {
    return { view: "compact" };
  }

  set hass(hass: Hass) {
    const moved = this.#hass?.connection !== hass.connection;
    this.#hass = hass;
    this.dark = hass.themes?.darkMode ?? false;
    const languages = languagesOf(hass);
    if (languages.join() !== this.#languages) {
      this.#languages = languages.join();
      void this.#speak(languages);
    }
    if (moved) this.#begin();
  }

  /** Called whenever the config is another; throws a sentence when it makes no sense. */
  setConfig(config: CardConfig): void {
    const settings = settingsOf(config);
    const { entry, clients, states, categories, actions } = settings;
    const bounds = JSON.stringify([entry, clients, [...(states ?? [0])], [...(categories ?? [0])], actions]);
    this.settings = settings;
    if (bounds !== this.#bounds) {
      this.#bounds = bounds;
      this.#begin();
    } else if (this.model !== undefined) {
      this.model.sortBy(settings.sort.by, settings.sort.direction);
    }
  }

  getCardSize(): number {
    const rows = this.settings?.rows ?? 1;
    return HEAD + Math.ceil(rows * (this.settings?.view === "full" ? 1 : COMPACT_ROW));
  }

  getGridOptions(): Record<string, number | string> {
    return this.settings?.view === "full"
      ? { columns: "full", rows: 8, min_columns: 6, min_rows: 4 }
      : { columns: 12, min_columns: 6, min_rows: 2 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.model === undefined) this.#begin();
    else this.model.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.model?.stop();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { model, settings } = this;
    if (!this.spoken || model === undefined || settings === undefined) return nothing;
    const problem = () => this.#source?.problem ?? null;
    const onMoreInfo = (wanted: CustomEvent<string>) => this.#moreInfo(wanted.detail);
    return html`<ha-card @d2m-more-info=${onMoreInfo}
      >${
        settings.view === "full"
          ? html`<d2m-card-full .model=${model} .settings=${settings} .problem=${problem}></d2m-card-full>`
          : html`<d2m-card-compact .model=${model} .settings=${settings} .problem=${problem}></d2m-card-compact>`
      }</ha-card
    >`;
  }

  /** Ask anew, for what is wanted now; nothing before the card is on a page and has what it needs. */
  #begin(): void {
    const settings = this.settings;
    if (this.isConnected) this.model?.stop();
    this.model = undefined;
    if (this.#hass === undefined || settings === undefined || !this.isConnected) return;
    this.#source = new HaSource(this.#hass.connection, {
      ...(settings.entry === undefined ? {} : { entry: settings.entry }),
      ...(settings.clients === undefined ? {} : { clients: settings.clients }),
    });
    this.model = new Model(new Scope(this.#source, settings), memoryOf(settings));
    this.model.start();
  }

  async #speak(languages: string[]): Promise<void> {
    await speak(languages);
    this.spoken = true;
    this.requestUpdate();
    this.model?.touch();
  }

  #moreInfo(client: string): void {
    const entityId = this.#hass && statusOf(this.#hass, client, this.settings?.entry);
    if (entityId === undefined) return;
    this.dispatchEvent(new CustomEvent("hass-more-info", { detail: { entityId }, bubbles: true, composed: true }));
  }
}

/** The order comes from the config; columns are this browser's. */
function memoryOf(settings: Settings): Memory {
  return {
    read: (name) =>
      name === "sort"
        ? settings.sort
        : (browserMemory.read(`card.${name}`) ?? (name === "columns" ? COLUMNS : undefined)),
    write: (name, value) => {
      if (name !== "sort") browserMemory.write(`card.${name}`, value);
    },
  };
}
