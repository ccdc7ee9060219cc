// Adds downloads: links that are typed or pasted, files that are chosen or dropped anywhere.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { add, fileItem, isToDo, linksOf, looksLikeLinks, takersOf } from "../data/adding.ts";
import type { Item } from "../data/adding.ts";
import { categoriesOf, fieldsOf } from "../data/fields.ts";
import { t } from "../text/language.ts";
import { Dropping } from "./dropping.ts";
import { icon } from "./icons.ts";
import { PRIORITIES } from "./set-form.ts";
import { shared } from "./shared.ts";
import { Sheet, sheetStyles } from "./sheet.ts";
import styles from "./add-dialog.css?inline";
import fieldStyles from "./fields.css?inline";

@customElement("d2m-add-dialog")
export class AddDialog extends Sheet {
  /** Whether files may be dropped and pasted anywhere on the page, or (in a card) on what is around only. */
  @property({ type: Boolean }) page = false;
  @state() private files: Item[] = [];
  @state() private links: Item[] = [];
  @state() private text = "";
  @state() private client = "";
  @state() private busy = false;
  @state() private hovering = false;
  @query("form") private form!: HTMLFormElement | null;
  @query("textarea") private area!: HTMLTextAreaElement | null;
  protected override closesOutside = false;
  #dropping = new Dropping({
    mayDrop: () => this.model.commands.taking("add").length > 0,
    onHover: (hovering) => (this.hovering = hovering),
    onFiles: (files) => this.take(files, ""),
    onText: (text) => looksLikeLinks(text) && this.take([], text),
  });

  static override styles = [shared, sheetStyles, unsafeCSS(fieldStyles), unsafeCSS(styles)];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#dropping.listen(this.page ? window : (this.parentElement ?? this));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dropping.stop();
  }

  /** Show these in the dialog, to be added when the person says so. */
  take(files: readonly File[], text: string): void {
    const known = new Set(this.files.map(({ file }) => `${file?.name} ${file?.size}`));
    const fresh = files.filter((file) => !known.has(`${file.name} ${file.size}`));
    this.files = [...this.files, ...fresh.map(fileItem)];
    if (text !== "") this.#read([this.text.trim(), text.trim()].filter(Boolean).join("\n"));
    this.open();
  }

  override open(): void {
    if (!this.shown && this.client !== "" && !this.model.commands.takes(this.client, "add")) this.client = "";
    super.open();
    void this.updateComplete.then(() => this.area?.focus());
  }

  protected override closed(): void {
    super.closed();
    if (this.busy) return;
    [this.files, this.links, this.text] = [[], [], ""];
  }

  protected override heading(): string {
    return t("add.title");
  }

  get #items(): Item[] {
    return [...this.links, ...this.files];
  }

  protected override render(): TemplateResult {
    return html`${super.render()}${
      this.hovering && !this.shown
        ? html`<div class="target" role="status">
            ${icon("downloading")}<b>${t("add.drop_anywhere")}</b><span>${t("add.drop_text")}</span>
          </div>`
        : nothing
    }`;
  }

  protected override body(): TemplateResult {
    const items = this.#items;
    return html`<form @submit=${this.#onSubmit}>
      <div class="content">
        <label class="field"
          ><span>${t("add.urls")}</span
          ><textarea
            name="urls"
            rows="3"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            placeholder=${t("add.urls_hint")}
            .value=${this.text}
            ?disabled=${this.busy}
            @input=${(typed: Event) => this.#read((typed.target as HTMLTextAreaElement).value)}
            @keydown=${this.#onKey}
          ></textarea>
        </label>
        ${this.#chooser()}
        ${
          items.length > 0
            ? html`<ul class="items" aria-label=${t("add.items")}>
                ${items.map((item) => this.#item(item))}
              </ul>`
            : nothing
        }
        <div class="fields">
          ${this.#clients()}
          <label class="field"
            ><span>${t("column.category")}</span><input name="category" list="categories" autocomplete="off"
          /></label>
          <label class="tick"><input type="checkbox" name="paused" />${t("add.paused")}</label>
        </div>
        <details>
          <summary>${t("add.options")}</summary>
          <div class="fields">
            <label class="field"
              ><span>${t("column.tags")}</span><input name="tags" autocomplete="off" /><span class="hint"
                >${t("set.tags_hint")}</span
              ></label
            >
            <label class="field"
              ><span>${t("priority.label")}</span
              ><select name="priority">
                <option value="">${t("priority.usual")}</option>
                ${PRIORITIES.map(([value, name]) => html`<option value=${value}>${t(name)}</option>`)}
              </select></label
            >
            <label class="field wide"
              ><span>${t("add.path")}</span><input name="path" autocomplete="off" spellcheck="false" /><span
                class="hint"
                >${t("add.path_hint")}</span
              ></label
            >
          </div>
        </details>
        <datalist id="categories">
          ${categoriesOf(this.model.store.downloads.values()).map((name) => html`<option value=${name}></option>`)}
        </datalist>
      </div>
      ${this.#foot(items)}
    </form>`;
  }

  #chooser(): TemplateResult {
    const choose = (chosen: Event) => {
      const input = chosen.target as HTMLInputElement;
      this.take([...(input.files ?? [])], "");
      input.value = "";
    };
    return html`<div class="files ${this.hovering ? "over" : ""}">
      <button
        class="button outlined"
        type="button"
        ?disabled=${this.busy}
        @click=${() => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click()}
      >
        ${icon("file")}${t("add.files")}</button
      ><span>${t("add.drop_here")}</span>
      <input type="file" multiple accept=".torrent,.nzb" aria-label=${t("add.files")} @change=${choose} />
    </div>`;
  }

  #clients(): TemplateResult {
    const { store } = this.model;
    const clients = takersOf(null, this.model).map((client) => store.clients.get(client));
    return html`<label class="field"
      ><span>${t("add.client")}</span
      ><select name="client" @change=${(changed: Event) => (this.client = (changed.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${this.client === ""}>${t("add.automatic")}</option>
        ${clients.map(
          (client) =>
            client &&
            html`<option value=${client.client} ?selected=${this.client === client.client}>${client.name}</option>`,
        )}
      </select></label
    >`;
  }

  #item(item: Item): TemplateResult {
    const { outcome } = item;
    const sign = {
      waiting: item.file ? "file" : "metadata",
      adding: "refresh",
      taken: "completed",
      failed: "failed",
    } as const;
    return html`<li data-outcome=${outcome.is}>
      ${icon(sign[outcome.is])}
      <span class="label" title=${item.name}>${item.label}</span>
      ${this.#button(item)}
      <span class="outcome">${this.#outcome(item)}</span>
    </li>`;
  }

  #outcome({ outcome }: Item): string {
    switch (outcome.is) {
      case "waiting":
        return this.busy ? t("add.waiting") : "";
      case "adding":
        return t("add.adding");
      case "taken":
        return t("add.taken", { client: this.model.store.clients.get(outcome.client)?.name ?? outcome.client });
      case "failed":
        return outcome.why;
    }
  }

  #button(item: Item): TemplateResult | typeof nothing {
    const { outcome } = item;
    const key = outcome.is === "taken" && outcome.id !== null ? `${outcome.client}:${outcome.id}` : null;
    if (key !== null && this.model.store.downloads.has(key)) {
      return html`<button class="button" type="button" @click=${() => this.#show(key)}>${t("add.show")}</button>`;
    }
    if (this.busy || outcome.is === "taken" || item.file === null) return nothing;
    return html`<button
      class="button icon-only"
      type="button"
      aria-label=${t("add.drop_item", { name: item.label })}
      @click=${() => (this.files = this.files.filter((other) => other !== item))}
    >
      ${icon("clear")}
    </button>`;
  }

  #foot(items: readonly Item[]): TemplateResult {
    const count = (is: Item["outcome"]["is"]) => items.filter(({ outcome }) => outcome.is === is).length;
    const [taken, failed] = [count("taken"), count("failed")];
    const left = this.#items.filter(isToDo).length;
    const told = [
      taken > 0 ? t("add.done_some", { count: taken }) : "",
      failed > 0 && !this.busy ? t("add.failed_some", { count: failed }) : "",
    ];
    const all = taken > 0 && left === 0 && !this.busy;
    const word =
      left === 0 ? t("add.submit_none") : t(count("waiting") > 0 ? "add.submit" : "add.retry", { count: left });
    return html`<footer>
      <p role="status">${told.filter(Boolean).join(" · ")}</p>
      ${
        all
          ? html`<button class="button primary" type="button" @click=${() => this.close()}>${t("add.done")}</button>`
          : html`<button class="button outlined" type="button" @click=${() => this.close()}>
                ${t(taken > 0 ? "sheet.close" : "set.cancel")}
              </button>
              <button class="button primary" type="submit" ?disabled=${this.busy || left === 0}>
                ${this.busy ? t("add.adding") : word}
              </button>`
      }
    </footer>`;
  }

  /** Keep what became of links that still stand there. */
  #read(text: string): void {
    this.text = text;
    const known = new Map(this.links.map((item) => [item.name, item]));
    this.links = linksOf(text).map((item) => known.get(item.name) ?? item);
  }

  #onSubmit = async (submit: Event): Promise<void> => {
    submit.preventDefault();
    if (this.busy || this.form === null) return;
    const fields = fieldsOf(new FormData(this.form));
    const client = this.client;
    this.busy = true;
    for (const item of this.#items.filter(isToDo)) {
      item.outcome = { is: "adding" };
      this.requestUpdate();
      item.outcome = await add(item, client, fields, this.model);
      this.requestUpdate();
    }
    this.busy = false;
    if (!this.shown) return this.#tellAfterwards();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("footer .primary:enabled, footer .button")?.focus();
  };

  /** The dialog was closed meanwhile: what failed is said all the same. */
  #tellAfterwards(): void {
    for (const { label, outcome } of this.#items) {
      if (outcome.is === "failed") this.model.toasts.show("bad", `${label}: ${outcome.why}`);
    }
    this.closed();
  }

  #onKey = (press: KeyboardEvent): void => {
    if (press.key === "Enter" && (press.ctrlKey || press.metaKey)) this.form?.requestSubmit();
  };

  #show(key: string): void {
    this.close();
    this.model.selection.only(key);
    this.model.open(key);
  }
}
