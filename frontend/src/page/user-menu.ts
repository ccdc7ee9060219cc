// What belongs to the page and not to downloads: help, the chart where there is no room for its button, logging out.

import { html, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { reasonOf } from "../data/commands.ts";
import { t } from "../text/language.ts";
import { icon } from "../ui/icons.ts";
import { openMenu } from "../ui/menu.ts";
import type { MenuItem } from "../ui/menu.ts";
import { Part } from "../ui/part.ts";
import { shared } from "../ui/shared.ts";
import styles from "./user-menu.css?inline";

@customElement("d2m-user-menu")
export class UserMenu extends Part {
  static override styles = [shared, unsafeCSS(styles)];

  protected override render(): TemplateResult {
    const { user } = this.model.store.reader;
    const label = user === null ? t("user.menu") : t("user.menu_of", { user });
    return html`<button
      class="button icon-only ${user === null ? "more" : ""}"
      title=${label}
      aria-label=${label}
      aria-haspopup="menu"
      @click=${(press: MouseEvent) => openMenu(press.currentTarget as HTMLElement, this.#items())}
    >
      ${icon(user === null ? "more" : "user")}
    </button>`;
  }

  #items(): MenuItem[] {
    const { user } = this.model.store.reader;
    const { login } = this.model.source;
    return [
      { label: t("chart.title"), sign: "chart", press: () => this.tell("d2m-chart") },
      { label: t("help.title"), sign: "help", press: () => this.tell("d2m-help") },
      ...(user !== null && login !== undefined
        ? [{ label: t("login.logout_of", { user }), sign: "leave" as const, press: () => void this.#leave() }]
        : []),
    ];
  }

  async #leave(): Promise<void> {
    try {
      await this.model.source.login?.logout();
    } catch (failure) {
      this.model.toasts.show("bad", t("login.failed", { reason: reasonOf(failure) }));
    }
  }
}
