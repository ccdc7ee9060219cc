// Asks before downloads are removed, and whether their data goes too where that is allowed.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { Row } from "../data/store.ts";
import { bytes } from "../text/format.ts";
import { t } from "../text/language.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import styles from "./remove-dialog.css?inline";

const NAMED = 5;

@customElement("d2m-remove-dialog")
export class RemoveDialog extends Part {
  @query("dialog") private dialog!: HTMLDialogElement;
  @state() private rows: readonly Row[] = [];
  /** Those whose data is to go: as many as could be said when that was chosen. */
  @state() private deleting: readonly Row[] = [];

  static override styles = [shared, unsafeCSS(styles)];

  /** Ask about these. */
  ask(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.rows = rows;
    this.deleting = [];
    void this.updateComplete.then(() => this.dialog.showModal());
  }

  /** Who wanted the data of some deleted did not say so of those that may be deleted since. */
  protected override willUpdate(): void {
    if (this.deleting.length === 0) return;
    const now = new Set(this.model.commands.deletable(this.rows));
    const kept = this.deleting.filter((row) => now.has(row));
    if (kept.length < now.size) this.deleting = [];
    else if (kept.length < this.deleting.length) this.deleting = kept;
  }

  protected override render(): TemplateResult {
    const { rows } = this;
    const others = rows.length - NAMED;
    return html`<dialog aria-labelledby="title" @keydown=${(press: Event) => press.stopPropagation()}>
      <form method="dialog" @submit=${this.#onSubmit}>
        <h2 id="title">${t("remove.title", { count: rows.length })}</h2>
        <ul>
          ${rows.slice(0, NAMED).map((row) => html`<li title=${row.name}>${row.name}</li>`)}
          ${others > 0 ? html`<li class="others">${t("remove.others", { count: others })}</li>` : nothing}
        </ul>
        ${this.#data()}
        <footer>
          <button class="button outlined" type="button" @click=${() => this.dialog.close()}>
            ${t("remove.cancel")}
          </button>
          <button class="button primary danger" type="submit">
            ${t(this.deleting.length > 0 ? "remove.confirm_data" : "remove.confirm")}
          </button>
        </footer>
      </form>
    </dialog>`;
  }

  /** Whether the data goes too, and of which: of those where that is allowed. */
  #data(): TemplateResult {
    const { commands, store } = this.model;
    const able = commands.deletable(this.rows);
    if (able.length === 0) return html`<p>${t("remove.data_stays")}</p>`;
    const chosen = this.deleting.length > 0;
    const size = able.reduce((sum, row) => sum + (row.downloaded ?? row.size ?? 0), 0);
    const rest = new Set(this.rows.filter((row) => !able.includes(row)).map((row) => row.client));
    const names = [...rest].map((client) => store.clients.get(client)?.name ?? client).join(", ");
    const choose = (changed: Event) => (this.deleting = (changed.target as HTMLInputElement).checked ? able : []);
    return html`<label
        ><input type="checkbox" name="data" .checked=${chosen} @change=${choose} />${
          rest.size === 0 ? t("remove.data") : t("remove.data_some", { count: able.length })
        }</label
      >
      ${rest.size === 0 ? nothing : html`<p class="kept">${t("remove.data_kept", { names })}</p>`}
      <p class=${chosen ? "warning" : ""} aria-live="polite">
        ${chosen ? t("remove.data_goes", { size: bytes(size) }) : t("remove.data_stays")}
      </p>`;
  }

  #onSubmit = (): void => {
    const { commands } = this.model;
    const rows = commands.fitting("remove", this.rows);
    const deleting = new Set(commands.deletable(this.deleting));
    void commands.run(
      "remove",
      rows.filter((row) => deleting.has(row)),
      { delete_data: true },
    );
    void commands.run(
      "remove",
      rows.filter((row) => !deleting.has(row)),
    );
    this.rows = this.deleting = [];
  };
}
