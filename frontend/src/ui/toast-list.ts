// Messages that pass by, at the foot of the page.

import { css, html } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";

@customElement("d2m-toast-list")
export class ToastList extends Part {
  static override styles = [
    shared,
    css`
      :host {
        position: absolute;
        inset: auto 1rem 1rem;
        z-index: 10;
        display: grid;
        justify-items: center;
        gap: 0.5rem;
        pointer-events: none;
      }

      .toast {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        max-width: min(36rem, 100%);
        padding: 0.55rem 0.5rem 0.55rem 0.9rem;
        border: 1px solid var(--d2m-line);
        border-inline-start: 0.25rem solid var(--d2m-green);
        border-radius: var(--d2m-radius);
        background: var(--d2m-raised);
        box-shadow: var(--d2m-shadow);
        overflow-wrap: anywhere;
        pointer-events: auto;
        animation: come 0.18s ease-out;
      }

      .toast[data-tone="bad"] {
        border-inline-start-color: var(--d2m-red);
      }

      @keyframes come {
        from {
          opacity: 0;
          translate: 0 0.5rem;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { toasts } = this.model;
    return html`<div role="status" aria-live="polite" class="unseen">
        ${toasts.shown.map((toast) => toast.text).join(" ")}
      </div>
      ${repeat(
        toasts.shown,
        (toast) => toast.id,
        (toast) =>
          html`<div class="toast" data-tone=${toast.tone}>
            <span>${toast.text}</span>
            <button class="button icon-only" aria-label=${t("toast.dismiss")} @click=${() => toasts.dismiss(toast.id)}>
              ${icon("clear")}
            </button>
          </div>`,
      )}`;
  }
}
