// Changes settings of one download; only what was changed is asked for.

import { html, unsafeCSS } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { categoriesOf, changedFields } from "../data/fields.ts";
import type { Row } from "../data/store.ts";
import { t } from "../text/language.ts";
import type { Key } from "../text/language.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import fieldStyles from "./fields.css?inline";
import styles from "./set-form.css?inline";

export const PRIORITIES: readonly [string, Key][] = [
  ["-1", "priority.low"],
  ["0", "priority.normal"],
  ["1", "priority.high"],
  ["2", "priority.first"],
];

@customElement("d2m-set-form")
export class SetForm extends Part {
  @property({ attribute: false }) row!: Row;
  @query("form") private form!: HTMLFormElement;
  @state() private busy = false;
  #began: Row | null = null;

  static override styles = [shared, unsafeCSS(fieldStyles), unsafeCSS(styles)];

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    // What a person types is not overwritten by what comes in meanwhile.
    if (this.#began?.key !== this.row.key) this.#began = { ...this.row };
  }

  protected override firstUpdated(): void {
    this.form.querySelector<HTMLElement>("input, select")?.focus();
  }

  protected override render(): TemplateResult {
    const began = this.#began ?? this.row;
    const categories = categoriesOf(this.model.store.downloads.values());
    const limit = (name: "download_limit" | "upload_limit") =>
      html`<label class="field"
        ><span>${t(`fact.${name}`)}</span
        ><span class="with-unit"
          ><input name=${name} type="number" min="0" step="1" inputmode="numeric" /><span aria-hidden="true"
            >${t("unit.kilobytes_per_second")}</span
          ></span
        ><span class="hint">${t("set.limit_hint")}</span></label
      >`;
    return html`<form aria-label=${t("set.title")} @submit=${this.#onSubmit} @keydown=${this.#onKey}>
      <div class="fields">
        <label class="field"
          ><span>${t("column.category")}</span
          ><input name="category" .value=${began.category ?? ""} list="categories" autocomplete="off"
        /></label>
        <label class="field"
          ><span>${t("column.tags")}</span><input name="tags" .value=${began.tags.join(", ")} autocomplete="off" /><span
            class="hint"
            >${t("set.tags_hint")}</span
          ></label
        >
        <label class="field"
          ><span>${t("priority.label")}</span
          ><select name="priority">
            <option value="">${t("priority.keep")}</option>
            ${PRIORITIES.map(([value, name]) => html`<option value=${value}>${t(name)}</option>`)}
          </select></label
        >
        <label class="field"
          ><span>${t("column.queue_position")}</span
          ><input name="queue_position" type="number" min="1" step="1" inputmode="numeric" /><span class="hint"
            >${t("set.queue_hint")}</span
          ></label
        >
        ${limit("download_limit")} ${began.protocol === "usenet" ? "" : limit("upload_limit")}
      </div>
      <datalist id="categories">${categories.map((name) => html`<option value=${name}></option>`)}</datalist>
      <div class="feet">
        <button class="button outlined" type="button" @click=${() => this.tell("d2m-close")}>${t("set.cancel")}</button>
        <button class="button primary" type="submit" aria-disabled=${this.busy ? "true" : "false"}>
          ${t("set.save")}
        </button>
      </div>
    </form>`;
  }

  #onSubmit = async (submit: Event): Promise<void> => {
    submit.preventDefault();
    if (this.busy) return;
    const fields = changedFields(this.#began ?? this.row, new FormData(this.form));
    if (Object.keys(fields).length === 0) return void this.tell("d2m-close");
    const { commands, toasts } = this.model;
    this.busy = true;
    const went = await commands.ask(this.row.client, "set", { ids: [this.row.id], ...fields });
    this.busy = false;
    if (!went) return;
    toasts.show("good", t("set.saved"));
    this.tell("d2m-close");
  };

  #onKey = (press: KeyboardEvent): void => {
    if (press.key !== "Escape") return;
    press.stopPropagation();
    press.preventDefault();
    this.tell("d2m-close");
  };
}
