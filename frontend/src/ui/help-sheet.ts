// What keys and pointer do, and what runs here.

import { css, html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { duration } from "../text/format.ts";
import { t } from "../text/language.ts";
import type { Key } from "../text/language.ts";
import { shared } from "./shared.ts";
import { Sheet, sheetStyles } from "./sheet.ts";
import { SHORTCUTS } from "./shortcuts.ts";
import type { Shortcut } from "./shortcuts.ts";

const CAPS: Record<string, Key> = {
  Delete: "keycap.Delete",
  Escape: "keycap.Escape",
  Space: "keycap.Space",
  Enter: "keycap.Enter",
};
const POINTER: Key[] = ["help.open", "help.menu", "help.drop", "help.columns"];

@customElement("d2m-help-sheet")
export class HelpSheet extends Sheet {
  static override styles = [
    shared,
    sheetStyles,
    css`
      :host {
        --width: 46rem;
      }

      .content {
        display: grid;
        gap: 1.3rem;
      }

      h3 {
        margin-bottom: 0.4rem;
        font-size: 0.75rem;
        font-weight: 650;
        letter-spacing: 0.045em;
        text-transform: uppercase;
        color: var(--d2m-muted);
      }

      .keys {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr));
        gap: 0 2rem;
      }

      .keys div {
        display: flex;
        flex-direction: row-reverse;
        align-items: center;
        justify-content: space-between;
        gap: 0.8rem;
        min-height: 2.2rem;
        border-bottom: 1px solid color-mix(in srgb, var(--d2m-line) 70%, transparent);
      }

      .keys dt {
        display: flex;
        gap: 0.25rem;
        white-space: nowrap;
      }

      kbd {
        min-width: 1.6rem;
        padding: 0.1rem 0.45rem;
        border: 1px solid var(--d2m-line);
        border-bottom-width: 2px;
        border-radius: 0.35rem;
        background: var(--d2m-surface);
        text-align: center;
        font: 0.79rem/1.35 var(--d2m-mono);
      }

      .pointer li {
        position: relative;
        padding: 0.2rem 0 0.2rem 1rem;
      }

      .pointer li::before {
        content: "";
        position: absolute;
        inset: 0.75rem auto auto 0;
        width: 0.35rem;
        height: 0.35rem;
        border-radius: 50%;
        background: var(--d2m-accent);
      }

      .about {
        padding: 0.9rem 1.1rem;
        border-radius: var(--d2m-radius-large);
        background: var(--d2m-sunken);
      }

      .about b {
        font-weight: 650;
      }

      .about dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.2rem 1rem;
        margin-top: 0.5rem;
      }

      .about dt {
        color: var(--d2m-muted);
      }

      @media (pointer: coarse) {
        .keyboard {
          order: 2;
        }
      }
    `,
  ];

  protected override heading(): string {
    return t("help.title");
  }

  protected override body(): TemplateResult {
    return html`<div class="content" tabindex="0" role="group" aria-labelledby="heading">
      <section class="keyboard" aria-labelledby="keys">
        <h3 id="keys">${t("help.keys")}</h3>
        <dl class="keys">
          ${SHORTCUTS.map(
            (shortcut) =>
              html`<div>
                <dt>${capsOf(shortcut).map((cap) => html`<kbd>${cap}</kbd>`)}</dt>
                <dd>${t(shortcut.does)}</dd>
              </div>`,
          )}
        </dl>
      </section>
      <section aria-labelledby="pointer">
        <h3 id="pointer">${t("help.pointer")}</h3>
        <ul class="pointer">
          ${POINTER.map((key) => html`<li>${t(key)}</li>`)}
        </ul>
      </section>
      <section class="about" aria-label=${t("help.about")}>
        <p><b>downloads2mqtt</b> · ${t("help.about_text")}</p>
        <dl>
          ${this.#bridges()}
          <dt>${t("help.you")}</dt>
          <dd>${this.#reader()}</dd>
        </dl>
      </section>
    </div>`;
  }

  #bridges(): TemplateResult[] {
    return [...this.model.store.bridges.values()].map(({ bridge, state, info }) => {
      const up = info ? (this.model.store.now() - Date.parse(info.started_at)) / 1000 : 0;
      const told = [
        info ? t("help.version", { version: info.version }) : "",
        state === "online" ? (up > 0 ? t("help.up", { time: duration(up) }) : "") : t("help.silent"),
      ];
      return html`<dt>${t("help.bridge", { bridge })}</dt>
        <dd>${told.filter(Boolean).join(" · ") || nothing}</dd>`;
    });
  }

  #reader(): string {
    const { user, control } = this.model.store.reader;
    return [user, t(`help.may_${control}`)].filter(Boolean).join(" · ");
  }
}

/** What is written on the keys to press. */
export function capsOf(shortcut: Shortcut): string[] {
  const keys = shortcut.sends === undefined ? shortcut.keys : shortcut.keys.slice(0, 1);
  const caps = keys.map((key) => (CAPS[key] ? t(CAPS[key]) : key.length === 1 ? key.toUpperCase() : key));
  return shortcut.held ? [t(`held.${shortcut.held}`), ...caps] : caps;
}
