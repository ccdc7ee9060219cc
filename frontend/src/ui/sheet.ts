// What every dialog of ours is: opened over the page, closed by Escape, its button or a press beside it. Its content
// exists only while it is open.

import { css, html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";

import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";

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

export const sheetStyles = css`
  .over {
    width: min(var(--width, 34rem), calc(100vw - 2rem));
    max-width: none;
    overflow: hidden;
  }

  .over[open] {
    display: flex;
    flex-direction: column;
    animation: rise 0.16s ease-out;
  }

  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 0.6rem;
    }
  }

  .over > header {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding: 0.85rem 0.8rem 0.6rem 1.4rem;
  }

  .over > header h2 {
    font-size: 1.1rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }

  .content {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    padding: 0.2rem 1.4rem 1.3rem;
  }

  @media (max-width: 44rem) {
    .over {
      width: 100vw;
      max-height: calc(100dvh - 1.5rem);
      margin: auto 0 0;
      border-width: 1px 0 0;
      border-radius: 1rem 1rem 0 0;
    }

    .over > header {
      padding-inline: 1.1rem 0.6rem;
    }

    .content {
      padding: 0.2rem 1.1rem max(1.2rem, env(safe-area-inset-bottom));
    }
  }
`;
