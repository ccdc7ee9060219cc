// What every dialog of ours is: opened over the page, closed by Escape, its button or a press beside it. Its content
// exists only while it is open.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";

import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import styles from "./sheet.css?inline";

export abstract class Sheet extends Part {
  @query("dialog") protected dialog!: HTMLDialogElement;
  @state() protected shown = false;
  /** Whether a press beside it closes it: not where something may be half done. */
  protected closesOutside = true;

  open(): void {
    if (this.shown) return;
    this.shown = true;
    addEventListener("keydown", this.#onStray, { capture: true });
    void this.updateComplete.then(() => this.dialog.showModal());
  }

  close(): void {
    this.dialog.close();
  }

  /** It is closed. */
  protected closed(): void {
    this.shown = false;
    removeEventListener("keydown", this.#onStray, { capture: true });
  }

  protected abstract heading(): string;
  protected abstract body(): TemplateResult;

  protected override render(): TemplateResult {
    return html`<dialog
      class="over"
      aria-labelledby="heading"
      @close=${this.closed}
      @keydown=${(press: Event) => press.stopPropagation()}
      @click=${this.#onClick}
    >
      ${
        this.shown
          ? html`<header>
                <h2 id="heading">${this.heading()}</h2>
                <button class="button icon-only close" aria-label=${t("sheet.close")} @click=${() => this.close()}>
                  ${icon("clear")}
                </button>
              </header>
              ${this.body()}`
          : nothing
      }
    </dialog>`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#onStray, { capture: true });
  }

  /** When what had the keyboard is gone, keys go to the page behind, which must not act on them. */
  #onStray = (press: KeyboardEvent): void => {
    if (press.composedPath().some((at) => at instanceof HTMLDialogElement)) return;
    press.stopImmediatePropagation();
    if (press.key === "Escape") this.close();
  };

  #onClick = (press: MouseEvent): void => {
    if (this.closesOutside && press.target === this.dialog) this.close();
  };
}

export const sheetStyles = unsafeCSS(styles);
