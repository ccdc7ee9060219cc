// Messages that pass by, at the foot of the page.

import { html, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import styles from "./toast-list.css?inline";

@customElement("d2m-toast-list")
export class ToastList extends Part {
  static override styles = [shared, unsafeCSS(styles)];

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
