// All about one download. Beside the list it follows what is selected there; where there is no room it lies over it.

import { html, nothing, unsafeCSS } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { RowVerb } from "../data/commands.ts";
import { stateOf } from "../data/states.ts";
import type { Row } from "../data/store.ts";
import { bytes, percent } from "../text/format.ts";
import { t } from "../text/language.ts";
import { bar, stateWord } from "./cells.ts";
import { groupsOf } from "./facts.ts";
import type { Fact, Group } from "./facts.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import type { RemoveDialog } from "./remove-dialog.ts";
import { shared } from "./shared.ts";
import styles from "./drawer.css?inline";
import "./event-list.ts";
import "./remove-dialog.ts";
import "./set-form.ts";
import "./toast-list.ts";

const VERBS: RowVerb[] = ["resume", "pause", "recheck", "reannounce", "remove"];
const NARROW = 75; // rem below which it lies over the list

@customElement("d2m-drawer")
export class Drawer extends Part {
  @state() private over = false;
  @state() private changing: string | null = null;
  @query("dialog") private dialog!: HTMLDialogElement | null;
  @query("h2") private headline!: HTMLElement | null;
  @query("d2m-remove-dialog") private removing!: RemoveDialog | null;
  #before: HTMLElement | null = null;
  #shown: string | null = null;
  #sizes = new ResizeObserver(([entry]) => this.#fit(entry?.contentRect.width ?? 0));

  static override styles = [shared, unsafeCSS(styles)];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.parentElement !== null) this.#sizes.observe(this.parentElement);
    this.parentElement?.addEventListener("keydown", this.#onEnter, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.parentElement?.removeEventListener("keydown", this.#onEnter, { capture: true });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    // Another reader may come next.
    if (this.model.store.link.phase === "login") this.model.opened = null;
    const { opened } = this.model;
    if (opened === this.#shown) return;
    if (this.#shown === null) this.#before = deepest();
    else if (opened === null && this.#holdsFocus()) queueMicrotask(() => this.#before?.focus());
    this.#shown = opened;
    this.changing = null;
  }

  protected override updated(): void {
    if (this.dialog !== null && !this.dialog.open) this.dialog.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { opened, store } = this.model;
    if (opened === null) return nothing;
    const row = store.downloads.get(opened);
    const label = row === undefined ? t("drawer.label") : t("drawer.of", { name: row.name });
    const content = row === undefined ? this.#gone() : this.#download(row);
    return html`${
        this.over
          ? html`<dialog
              aria-label=${label}
              @cancel=${this.#onCancel}
              @keydown=${(press: Event) => press.stopPropagation()}
              @click=${(press: MouseEvent) => press.target === this.dialog && this.#close()}
            >
              ${content}<d2m-toast-list .model=${this.model}></d2m-toast-list>
            </dialog>`
          : html`<aside aria-label=${label}>${content}</aside>`
      }<d2m-remove-dialog .model=${this.model}></d2m-remove-dialog>`;
  }

  #gone(): TemplateResult {
    return html`<div class="head">
        <h2 tabindex="-1">${t("drawer.gone")}</h2>
        ${this.#closer()}
      </div>
      <p class="gone">${t("drawer.gone_text")}</p>`;
  }

  #download(row: Row): TemplateResult {
    const { store } = this.model;
    const current = store.available(row.client);
    const done =
      row.size === null ? "" : t("drawer.of_size", { done: bytes(row.downloaded ?? 0), size: bytes(row.size) });
    return html`<div class="head ${current ? "" : "old"}" data-state=${stateOf(row)}>
        <h2 tabindex="-1" title=${row.name}>${row.name}</h2>
        ${this.#closer()}
        <div class="now">
          ${icon(stateOf(row))}<span class="state">${stateWord(row)}</span
          ><span class="percent">${percent(row.progress)}</span><span class="of">${done}</span>
        </div>
        ${bar(row)}
      </div>
      <div class="rest" tabindex="-1">
        ${this.#actions(row)} ${this.#said(row)}
        ${
          this.changing === row.key
            ? html`<d2m-set-form .model=${this.model} .row=${row} @d2m-close=${this.#stopChanging}></d2m-set-form>`
            : nothing
        }
        ${groupsOf(row, store).map((group) => this.#group(group))}
        <d2m-event-list .model=${this.model} .row=${row}></d2m-event-list>
      </div>`;
  }

  #closer(): TemplateResult {
    return html`<button class="button icon-only close" aria-label=${t("sheet.close")} @click=${this.#close}>
      ${icon("clear")}
    </button>`;
  }

  #actions(row: Row): TemplateResult | typeof nothing {
    const { commands } = this.model;
    const verbs = VERBS.filter((verb) => commands.fitting(verb, [row]).length > 0);
    const change = commands.takes(row.client, "set");
    if (verbs.length === 0 && !change) return nothing;
    return html`<div class="actions" role="group" aria-label=${t("drawer.actions")}>
      ${verbs.map(
        (verb) =>
          html`<button
            class="button ${verb === "remove" ? "danger" : ""}"
            data-act=${verb}
            @click=${() => this.#run(verb, row)}
          >
            ${icon(verb === "reannounce" ? "refresh" : verb)}${t(`verb.${verb}`)}
          </button>`,
      )}
      ${
        change
          ? html`<button
              class="button"
              data-act="set"
              aria-expanded=${this.changing === row.key ? "true" : "false"}
              @click=${() => (this.changing = this.changing === row.key ? null : row.key)}
            >
              ${icon("edit")}${t("drawer.change")}
            </button>`
          : nothing
      }
    </div>`;
  }

  #said(row: Row): TemplateResult[] {
    return (["error", "warning"] as const)
      .filter((what) => row[what] !== null)
      .map(
        (what) =>
          html`<div class="said ${what}">
            <b>${icon("attention")}${t(`drawer.${what}`)}</b>
            <p>${row[what]}</p>
          </div>`,
      );
  }

  #group(group: Group): TemplateResult {
    return html`<section aria-labelledby=${group.id} data-group=${group.id}>
      <h3 id=${group.id}>${group.title}</h3>
      <dl>${group.facts.map((fact) => this.#fact(fact))}</dl>
    </section>`;
  }

  #fact(fact: Fact): TemplateResult {
    return html`<div class="fact" data-fact=${fact.name}>
      <dt>${t(fact.name)}</dt>
      <dd class=${fact.mono ? "mono" : ""} title=${fact.title || nothing}>
        <span>${fact.tags ? fact.tags.map((tag) => html`<span class="tag">${tag}</span>`) : fact.text}</span>
        ${
          fact.copy
            ? html`<button
                class="button icon-only copy"
                title=${t("drawer.copy", { fact: t(fact.name) })}
                aria-label=${t("drawer.copy", { fact: t(fact.name) })}
                @click=${() => this.#copy(fact)}
              >
                ${icon("copy")}
              </button>`
            : nothing
        }
      </dd>
    </div>`;
  }

  #run(verb: RowVerb, row: Row): void {
    if (verb === "remove") this.removing?.ask([row]);
    else void this.model.commands.run(verb, [row]);
  }

  async #copy(fact: Fact): Promise<void> {
    const { toasts } = this.model;
    try {
      await navigator.clipboard.writeText(fact.copy ?? "");
      toasts.show("good", t("drawer.copied", { fact: t(fact.name) }));
    } catch {
      // Browsers let pages copy only when these come over https or from this machine, and only if nobody forbade it.
      toasts.show("bad", t("drawer.not_copied"));
    }
  }

  #stopChanging = (): void => {
    this.changing = null;
    this.headline?.focus();
  };

  #close = (): void => this.model.open(null);

  #onCancel = (cancel: Event): void => {
    cancel.preventDefault();
    this.#close();
  };

  /** Enter on the download that is open already goes into its details. */
  #onEnter = (press: KeyboardEvent): void => {
    const [target] = press.composedPath();
    const inList = target instanceof Element && target.getAttribute("role") === "grid";
    if (press.key !== "Enter" || !inList || this.#shown !== this.model.selection.active || this.#shown === null) return;
    this.headline?.focus();
    press.stopPropagation();
    press.preventDefault();
  };

  #holdsFocus(): boolean {
    return (this.renderRoot as ShadowRoot).activeElement !== null;
  }

  #fit(width: number): void {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.over = width < NARROW * rem;
  }
}

function deepest(): HTMLElement | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement ? at : null;
}
