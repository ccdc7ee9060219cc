// What keys and pointer do, and what runs here.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { duration } from "../text/format.ts";
import { t } from "../text/language.ts";
import type { Key } from "../text/language.ts";
import { shared } from "./shared.ts";
import { Sheet, sheetStyles } from "./sheet.ts";
import { SHORTCUTS } from "./shortcuts.ts";
import type { Shortcut } from "./shortcuts.ts";
import styles from "./help-sheet.css?inline";

const CAPS: Record<string, Key> = {
  Delete: "keycap.Delete",
  Escape: "keycap.Escape",
  Space: "keycap.Space",
  Enter: "keycap.Enter",
};
const POINTER: Key[] = ["help.open", "help.menu", "help.drop", "help.columns"];

@customElement("d2m-help-sheet")
export class HelpSheet extends Sheet {
  static override styles = [shared, sheetStyles, unsafeCSS(styles)];

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
function capsOf(shortcut: Shortcut): string[] {
  const keys = shortcut.sends === undefined ? shortcut.keys : shortcut.keys.slice(0, 1);
  const caps = keys.map((key) => (CAPS[key] ? t(CAPS[key]) : key.length === 1 ? key.toUpperCase() : key));
  return shortcut.held ? [t(`held.${shortcut.held}`), ...caps] : caps;
}
