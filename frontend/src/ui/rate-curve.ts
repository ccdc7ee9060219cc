// A small curve of the last minutes beside the rates.

import { html, svg, unsafeCSS } from "lit";
import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { Sample } from "../data/rates.ts";
import { Part } from "./part.ts";
import styles from "./rate-curve.css?inline";

const SECONDS = 120;
const WIDTH = 120;
const HEIGHT = 24;

@customElement("d2m-rate-curve")
export class RateCurve extends Part {
  static override styles = unsafeCSS(styles);

  protected override render(): TemplateResult {
    const samples = this.model.rates.samples.slice(-SECONDS);
    const most = Math.max(1, ...samples.map((sample) => Math.max(sample.down ?? 0, sample.up ?? 0)));
    const line = (which: "down" | "up") => pathOf(samples, which, most);
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
      ${svg`<path class="under" d=${closed(line("down"), samples.length)}></path><path d=${line("down")}></path><path class="up" d=${line("up")}></path>`}
    </svg>`;
  }
}

function pathOf(samples: readonly Sample[], which: "down" | "up", most: number): string {
  const start = SECONDS - samples.length;
  const point = (sample: Sample, index: number) =>
    `${start + index},${(HEIGHT - 1 - ((sample[which] ?? 0) / most) * (HEIGHT - 3)).toFixed(1)}`;
  return samples.length < 2 ? "" : `M${samples.map(point).join("L")}`;
}

function closed(line: string, count: number): string {
  return line && `${line}L${SECONDS - 1},${HEIGHT + 2}L${SECONDS - count},${HEIGHT + 2}Z`;
}
