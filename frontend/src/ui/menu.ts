// A menu that hangs from a button; one at a time.

import { LitElement, html, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { icon } from "./icons.ts";
import type { IconName } from "./icons.ts";
import { shared } from "./shared.ts";
import { vars } from "./vars.ts";
import styles from "./menu.css?inline";

export interface MenuItem {
  label: string;
  press: () => void;
  sign?: IconName;
  danger?: boolean;
}

@customElement("d2m-menu")
export class Menu extends LitElement {
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  @property({ attribute: false }) place = { x: 0, y: 0 };

  static override styles = [shared, unsafeCSS(styles)];

  get #popover(): HTMLElement | null {
    return this.renderRoot.querySelector("[popover]");
  }

  protected override render(): TemplateResult {
    return html`<div
      popover="auto"
      role="menu"
      ${vars({ "--x": `${this.place.x}px`, "--y": `${this.place.y}px` })}
      @keydown=${this.#onKey}
      @toggle=${(toggle: ToggleEvent) => toggle.newState === "closed" && this.remove()}
    >
      ${this.items.map(
        (item) =>
          html`<button class="button ${item.danger ? "danger" : ""}" role="menuitem" @click=${() => this.#press(item)}>
            ${item.sign ? icon(item.sign) : ""}${item.label}
          </button>`,
      )}
    </div>`;
  }

  protected override firstUpdated(): void {
    this.#popover?.showPopover();
    this.renderRoot.querySelector("button")?.focus();
  }

  #press(item: MenuItem): void {
    this.#popover?.hidePopover();
    item.press();
  }

  #onKey = (press: KeyboardEvent): void => {
    press.stopPropagation();
    const buttons = [...this.renderRoot.querySelectorAll("button")];
    const at = buttons.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLButtonElement);
    const by = { ArrowDown: 1, ArrowUp: -1 }[press.key];
    if (by === undefined) return;
    press.preventDefault();
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
}

/** Open a menu below `button`, in the same root, so that it looks as that does. */
export function openMenu(button: HTMLElement, items: readonly MenuItem[]): void {
  const { left, bottom } = button.getBoundingClientRect();
  showMenu(button.getRootNode() as ShadowRoot | Document, { x: left, y: bottom + 4 }, items);
}

export function showMenu(
  root: ShadowRoot | Document,
  place: { x: number; y: number },
  items: readonly MenuItem[],
): void {
  const menu = new Menu();
  menu.items = items;
  menu.place = place;
  (root instanceof Document ? root.body : root).append(menu);
}
