// Beside the list: how each client is, and by what the list can be narrowed.

import { html, nothing, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { NONE } from "../data/filter.ts";
import type { Facet } from "../data/filter.ts";
import { GROUPS, STATES, statesOf } from "../data/states.ts";
import { whole } from "../text/format.ts";
import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import type { IconName } from "./icons.ts";
import { Part } from "./part.ts";
import { shared } from "./shared.ts";
import sideStyles from "./options.css?inline";
import styles from "./side-bar.css?inline";
import "./client-panel.ts";

const FEW = 8; // categories or tags that are shown before one asks for all

@customElement("d2m-side-bar")
export class SideBar extends Part {
  #unfolded = new Set<Facet>();

  static override styles = [shared, unsafeCSS(sideStyles), unsafeCSS(styles)];

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="states">
        <h2 id="states">${t("facet.state")}</h2>
        <ul>
          ${this.#all()} ${GROUPS.map((group) => this.#group(group))}
        </ul>
      </section>
      <d2m-client-panel .model=${this.model}></d2m-client-panel>
      ${this.#facet("category")} ${this.#facet("tag")}
    `;
  }

  #all(): TemplateResult {
    const { filter, listing } = this.model;
    const total = sum(listing.counts.state.values());
    return this.#option({
      label: t("group.all"),
      count: total,
      on: filter.state.size === 0,
      sign: "layers",
      tone: "",
      press: () => this.model.narrow({ state: new Set() }),
    });
  }

  #group(group: (typeof GROUPS)[number]): TemplateResult {
    const { filter, listing } = this.model;
    const states = statesOf(group);
    const counts = listing.counts.state;
    const total = sum(states.map((state) => counts.get(state) ?? 0));
    const single = states.length === 1;
    const whole = filter.state.size === states.length && states.every((state) => filter.state.has(state));
    const shown = single
      ? []
      : STATES.filter((state) => states.includes(state)).filter(
          (state) => (counts.get(state) ?? 0) > 0 || (filter.state.has(state) && !whole),
        );
    const sign: IconName = { active: "downloading", waiting: "queued", done: "completed", failed: "failed" }[
      group
    ] as IconName;
    return html`${this.#option({
      label: t(`group.${group}`),
      count: total,
      on: whole,
      sign,
      tone: total > 0 ? group : "",
      press: (more) => this.model.choose("state", states, more),
    })}
    ${shown.map((state) =>
      this.#option({
        label: t(`state.${state}`),
        count: counts.get(state) ?? 0,
        on: filter.state.has(state) && !whole,
        inner: true,
        press: (more) => this.model.choose("state", [state], more && !whole),
      }),
    )}`;
  }

  #facet(facet: "category" | "tag"): TemplateResult | typeof nothing {
    const { filter, listing } = this.model;
    const counts = listing.counts[facet];
    const values = [...new Set([...counts.keys(), ...filter[facet]])].filter((value) => value !== NONE).sort(compare);
    if (values.length === 0) return nothing;
    if (counts.has(NONE) || filter[facet].has(NONE)) values.push(NONE);
    const all = this.#unfolded.has(facet) || values.length <= FEW + 1;
    const shown = all ? values : values.filter((value, index) => index < FEW || filter[facet].has(value));
    return html`<section aria-labelledby=${facet}>
      <h2 id=${facet}>${t(`facet.${facet}`)}</h2>
      <ul>
        ${shown.map((value) =>
          this.#option({
            label: value === NONE ? t(`facet.no_${facet}`) : value,
            count: counts.get(value) ?? 0,
            on: filter[facet].has(value),
            faint: value === NONE,
            press: (more) => this.model.choose(facet, [value], more),
          }),
        )}
      </ul>
      ${
        all
          ? nothing
          : html`<button class="more" @click=${() => this.#unfold(facet)}>
              ${t("facet.more", { count: values.length - shown.length })}
            </button>`
      }
    </section>`;
  }

  #option(option: Option): TemplateResult {
    const press = (how: MouseEvent) => option.press(how.ctrlKey || how.metaKey || how.shiftKey);
    return html`<li>
      <button
        class="option ${option.inner ? "inner" : ""} ${option.count === 0 ? "none" : ""} ${option.faint ? "faint" : ""}"
        data-tone=${option.tone ?? ""}
        aria-pressed=${option.on ? "true" : "false"}
        @click=${press}
      >
        ${option.sign ? icon(option.sign) : nothing}<span class="label">${option.label}</span
        ><span class="count">${whole(option.count)}</span>
      </button>
    </li>`;
  }

  #unfold(facet: Facet): void {
    this.#unfolded.add(facet);
    this.requestUpdate();
  }
}

interface Option {
  label: string;
  count: number;
  on: boolean;
  press: (more: boolean) => void;
  sign?: IconName;
  tone?: string;
  inner?: boolean;
  faint?: boolean;
}

const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }).compare;

function sum(figures: Iterable<number>): number {
  let total = 0;
  for (const figure of figures) total += figure;
  return total;
}
