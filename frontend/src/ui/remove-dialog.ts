// Asks before downloads are removed, and whether their data goes too where that is allowed.

import { css, html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { Row } from "../data/store.ts";
import { bytes } from "../text/format.ts";
import { t } from "../text/language.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";

const NAMED = 5;

@customElement("d2m-remove-dialog")
export class RemoveDialog extends Part {
  @query("dialog") private dialog!: HTMLDialogElement;
  @state() private rows: readonly Row[] = [];
  @state() private deleteData = false;

  static override styles = [
    shared,
    css`
      form {
        display: grid;
        gap: 0.9rem;
        width: min(28rem, calc(100vw - 2rem));
        padding: 1.25rem 1.4rem 1.1rem;
      }

      h2 {
        font-size: 1.1rem;
        font-weight: 650;
      }

      ul {
        display: grid;
        gap: 0.2rem;
        padding: 0.6rem 0.8rem;
        border-radius: var(--d2m-radius);
        background: var(--d2m-sunken);
      }

      li {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      p,
      .others {
        color: var(--d2m-muted);
      }

      label {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }

      input {
        width: 1.05rem;
        height: 1.05rem;
        accent-color: var(--d2m-red);
      }

      .warning {
        color: var(--d2m-red);
      }

      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0.5rem;
      }
    `,
  ];

  /** Ask about these. */
  ask(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.rows = rows;
    this.deleteData = false;
    void this.updateComplete.then(() => this.dialog.showModal());
  }

  protected override render(): TemplateResult {
    const { rows } = this;
    const size = rows.reduce((sum, row) => sum + (row.downloaded ?? row.size ?? 0), 0);
    const others = rows.length - NAMED;
    return html`<dialog aria-labelledby="title" @keydown=${(press: Event) => press.stopPropagation()}>
      <form method="dialog" @submit=${this.#onSubmit}>
        <h2 id="title">${t("remove.title", { count: rows.length })}</h2>
        <ul>
          ${rows.slice(0, NAMED).map((row) => html`<li title=${row.name}>${row.name}</li>`)}
          ${others > 0 ? html`<li class="others">${t("remove.others", { count: others })}</li>` : nothing}
        </ul>
        ${
          this.model.commands.mayDeleteData
            ? html`<label
                  ><input
                    type="checkbox"
                    name="data"
                    .checked=${this.deleteData}
                    @change=${(changed: Event) => (this.deleteData = (changed.target as HTMLInputElement).checked)}
                  />${t("remove.data")}</label
                >
                <p class=${this.deleteData ? "warning" : ""} aria-live="polite">
                  ${this.deleteData ? t("remove.data_goes", { size: bytes(size) }) : t("remove.data_stays")}
                </p>`
            : html`<p>${t("remove.data_stays")}</p>`
        }
        <footer>
          <button class="button outlined" type="button" @click=${() => this.dialog.close()}>
            ${t("remove.cancel")}
          </button>
          <button class="button primary danger" type="submit">
            ${t(this.deleteData ? "remove.confirm_data" : "remove.confirm")}
          </button>
        </footer>
      </form>
    </dialog>`;
  }

  #onSubmit = (): void => {
    const { commands } = this.model;
    const data = this.deleteData && commands.mayDeleteData ? { delete_data: true } : {};
    void commands.run("remove", commands.fitting("remove", this.rows), data);
    this.rows = [];
  };
}
