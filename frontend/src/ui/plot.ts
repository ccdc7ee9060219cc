// The drawing of rates over time. It comes in a chunk of its own, when a chart is first opened.

import { unsafeCSS } from "lit";
import uPlot from "uplot";
import sheet from "uplot/dist/uPlot.min.css?inline";

import type { Sample } from "../data/rates.ts";
import { rate } from "../text/format.ts";
import { language } from "../text/language.ts";

export const plotStyles = unsafeCSS(sheet);

/** CSS colours, as canvas takes them. */
export interface Look {
  down: string;
  up: string;
  ink: string;
  line: string;
  font: string;
}

export class Plot {
  readonly #plot: uPlot;

  /** `onCursor` hears which sample is pointed at, or null. */
  constructor(
    into: HTMLElement,
    look: Look,
    private readonly byDay: boolean,
    onCursor: (index: number | null) => void,
  ) {
    const series = (stroke: string, fill: string): uPlot.Series => ({
      stroke,
      fill,
      width: 1.75,
      points: { show: (_plot, _series, from, to) => to - from < 2 },
    });
    this.#plot = new uPlot(
      {
        ...sizeOf(into),
        padding: [10, 8, 0, 0],
        legend: { show: false },
        cursor: { x: true, y: false, drag: { x: false, y: false, setScale: false }, points: { size: 7 } },
        scales: { y: { range: (_plot, _least, most) => [0, Math.max(1000, most * 1.08)] } },
        series: [{}, series(look.down, faint(look.down, 0.16)), series(look.up, faint(look.up, 0.08))],
        axes: [this.#axis(look, "x"), this.#axis(look, "y")],
        hooks: { setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)] },
      },
      [[], [], []],
      into,
    );
  }

  set(samples: readonly Sample[]): void {
    const data: uPlot.AlignedData = [
      samples.map(({ at }) => at / 1000),
      samples.map(({ down }) => down),
      samples.map(({ up }) => up),
    ];
    this.#plot.setData(data);
  }

  /** Point at a sample, as the mouse would. */
  point(index: number): void {
    const at = this.#plot.data[0]?.[index];
    if (at !== undefined) this.#plot.setCursor({ left: this.#plot.valToPos(at, "x"), top: 0 });
  }

  resize(into: HTMLElement): void {
    this.#plot.setSize(sizeOf(into));
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #axis(look: Look, which: "x" | "y"): uPlot.Axis {
    const common = {
      stroke: look.ink,
      font: look.font,
      grid: { stroke: look.line, width: 1, show: which === "y" },
      ticks: { show: false },
    };
    if (which === "y") return { ...common, size: 78, gap: 8, space: 44, values: (_plot, splits) => splits.map(rate) };
    return { ...common, space: 76, size: 34, values: (_plot, splits) => splits.map((at) => this.#moment(at * 1000)) };
  }

  #moment(at: number): string {
    const date = new Date(at);
    const midnight = date.getHours() === 0 && date.getMinutes() === 0;
    if (this.byDay || midnight) return date.toLocaleDateString(language(), { day: "numeric", month: "short" });
    return date.toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit" });
  }
}

function sizeOf(into: HTMLElement): { width: number; height: number } {
  return { width: Math.max(200, into.clientWidth), height: Math.max(160, into.clientHeight) };
}

/** A colour as it is painted, made see-through. */
function faint(colour: string, alpha: number): string {
  return `color-mix(in srgb, ${colour} ${alpha * 100}%, transparent)`;
}
