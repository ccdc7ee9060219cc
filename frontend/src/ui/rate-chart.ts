// The rates over time: the last minutes as they pass, or hours and days as the bridges remember them.

import { html, nothing, unsafeCSS } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import { reasonOf } from "../data/commands.ts";
import { digestOf, pastRates } from "../data/past.ts";
import type { Sample } from "../data/rates.ts";
import { bytes, clock, moment, rate } from "../text/format.ts";
import { t } from "../text/language.ts";
import { icon } from "./icons.ts";
import type { Look, Plot } from "./plot.ts";
import { shared } from "./shared.ts";
import { Sheet, sheetStyles } from "./sheet.ts";
import styles from "./rate-chart.css?inline";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RANGES = { live: 10 * MINUTE, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 31 * 24 * HOUR } as const;
type Range = keyof typeof RANGES;
const AGAIN = MINUTE; // the bridges measure once a minute

@customElement("d2m-rate-chart")
export class RateChart extends Sheet {
  @state() private range: Range = "live";
  @state() private client = "";
  @state() private past: readonly Sample[] | null = null;
  @state() private trouble = "";
  @state() private pointed: number | null = null;
  @query(".drawing") private drawing!: HTMLElement | null;
  #plot: Plot | null = null;
  #making = 0;
  #asked = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #sizes = new ResizeObserver(() => this.drawing && this.#plot?.resize(this.drawing));

  static override styles = [shared, sheetStyles, unsafeCSS(styles)];

  override open(): void {
    if (this.shown) return;
    super.open();
    this.#dark.addEventListener("change", this.#remake);
    this.#timer = setInterval(() => void this.#ask(), AGAIN);
    void this.#ask();
    void this.updateComplete.then(this.#remake);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  protected override closed(): void {
    super.closed();
    this.#end();
  }

  protected override heading(): string {
    return t("chart.title");
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.shown) this.#plot?.set(this.#samples);
  }

  get #samples(): readonly Sample[] {
    return this.#live ? this.model.rates.samples : (this.past ?? []);
  }

  /** Whether the page itself has seen what is shown. */
  get #live(): boolean {
    return this.range === "live" && this.client === "";
  }

  protected override body(): TemplateResult {
    const samples = this.#samples;
    const at = this.pointed === null ? undefined : samples[this.pointed];
    return html`<div class="content">
      <div class="choices">
        <fieldset class="ranges" aria-label=${t("chart.range")}>
          ${(Object.keys(RANGES) as Range[]).map(
            (range) =>
              html`<label
                ><input
                  type="radio"
                  name="range"
                  value=${range}
                  .checked=${range === this.range}
                  @change=${() => this.#choose(range, this.client)}
                />${t(`chart.${range}`)}</label
              >`,
          )}
        </fieldset>
        ${this.#clients()}
      </div>
      <figure>
        <div
          class="canvas"
          role="slider"
          tabindex="0"
          aria-label=${t("chart.plot")}
          aria-valuemin="0"
          aria-valuemax=${Math.max(0, samples.length - 1)}
          aria-valuenow=${this.pointed ?? Math.max(0, samples.length - 1)}
          aria-valuetext=${this.#reading(at ?? samples.at(-1))}
          @keydown=${this.#onKey}
        >
          <div class="drawing" aria-hidden="true"></div>
          ${this.#instead(samples)}
        </div>
        <p class="reading" aria-hidden="true">${at ? this.#reading(at) : ""}</p>
        <figcaption class="sums">${(["down", "up"] as const).map((which) => this.#sum(which, samples))}</figcaption>
      </figure>
    </div>`;
  }

  #clients(): TemplateResult {
    const clients = [...this.model.store.clients.values()].sort((one, other) => one.name.localeCompare(other.name));
    return html`<select
      aria-label=${t("chart.of")}
      @change=${(changed: Event) => this.#choose(this.range, (changed.target as HTMLSelectElement).value)}
    >
      <option value="" ?selected=${this.client === ""}>${t("chart.all_clients")}</option>
      ${clients.map(
        ({ client, name }) => html`<option value=${client} ?selected=${this.client === client}>${name}</option>`,
      )}
    </select>`;
  }

  #instead(samples: readonly Sample[]): TemplateResult | typeof nothing {
    if (!this.#live && this.trouble) {
      return html`<div class="instead">
        <p>${t("chart.failed", { reason: this.trouble })}</p>
        <button class="button outlined" @click=${() => void this.#ask()}>${t("chart.retry")}</button>
      </div>`;
    }
    if (!this.#live && this.past === null) return html`<p class="instead">${t("chart.loading")}</p>`;
    if (samples.length > 2) return nothing;
    return html`<p class="instead">${t(this.#live ? "chart.filling" : "chart.empty")}</p>`;
  }

  #sum(which: "down" | "up", samples: readonly Sample[]): TemplateResult {
    const { peak, mean, sum } = digestOf(samples, which);
    const fact = (name: string, value: string, title = "") =>
      html`<div title=${title || nothing}>
        <dt>${name}</dt>
        <dd>${value || "–"}</dd>
      </div>`;
    const when = peak === null ? "" : t("chart.at", { time: this.#moment(peak.at) });
    return html`<div class="sum ${which}" data-sum=${which}>
      <h3>${icon(which)}${t(`rates.${which}`)}</h3>
      <dl>
        ${fact(t("chart.peak"), rate(peak?.rate), when)} ${fact(t("chart.mean"), rate(mean))}
        ${fact(t("chart.sum"), mean === null ? "" : bytes(sum))}
      </dl>
    </div>`;
  }

  #moment(at: number): string {
    return this.range === "live" ? clock(at) : moment(new Date(at).toISOString());
  }

  #reading(sample: Sample | undefined): string {
    if (sample === undefined) return t("chart.empty");
    const [down, up] = [sample.down, sample.up].map((one) => (one === null ? t("chart.unknown") : rate(one)));
    return t("chart.reading", { time: this.#moment(sample.at), down: down ?? "", up: up ?? "" });
  }

  #choose(range: Range, client: string): void {
    [this.range, this.client] = [range, client];
    [this.past, this.trouble, this.pointed] = [null, "", null];
    void this.#ask();
    this.#remake();
  }

  async #ask(): Promise<void> {
    if (this.#live) return;
    const asked = ++this.#asked;
    try {
      const past = await pastRates(this.model.source, this.model.store, this.client, RANGES[this.range]);
      if (asked === this.#asked) [this.past, this.trouble] = [past, ""];
    } catch (failure) {
      if (asked === this.#asked) this.trouble = reasonOf(failure);
    }
  }

  #onKey = (press: KeyboardEvent): void => {
    const last = this.#samples.length - 1;
    const at = this.pointed ?? last;
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - Math.ceil(last / 10),
      PageDown: at + Math.ceil(last / 10),
      Home: 0,
      End: last,
    }[press.key];
    if (to === undefined || last < 0) return;
    press.preventDefault();
    this.#plot?.point(Math.min(last, Math.max(0, to)));
  };

  /** Draw anew, as colours or the kind of range are other than before. */
  #remake = (): void => {
    const making = ++this.#making;
    void import("./plot.ts").then(({ Plot, plotStyles }) => {
      const root = this.renderRoot as ShadowRoot;
      if (making !== this.#making || !this.shown || this.drawing === null) return;
      const sheet = plotStyles.styleSheet;
      if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.unshift(sheet);
      this.#plot?.destroy();
      const byDay = this.range === "week" || this.range === "month";
      this.#plot = new Plot(this.drawing, lookOf(this), byDay, (index) => (this.pointed = index));
      this.#plot.set(this.#samples);
      this.#sizes.observe(this.drawing);
    });
  };

  #end(): void {
    clearInterval(this.#timer);
    this.#dark.removeEventListener("change", this.#remake);
    this.#sizes.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
    this.#asked += 1;
    this.pointed = null;
  }
}

function lookOf(element: HTMLElement): Look {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--d2m-${name}`).trim();
  const family = colour("font") || "sans-serif";
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.75 || 12;
  return {
    down: colour("blue"),
    up: colour("green"),
    ink: colour("muted"),
    line: colour("line"),
    font: `${size}px ${family}`,
  };
}
