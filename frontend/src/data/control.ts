// How much may be asked for: by a reader, and of a bridge. The stricter of both counts.

import type { Bridge, Control } from "./contract.ts";

const CONTROLS: readonly Control[] = ["off", "safe", "full"];

export function stricter(one: Control, other: Control): Control {
  return CONTROLS.indexOf(one) < CONTROLS.indexOf(other) ? one : other;
}

/** What each bridge allows, as told by a source. */
export class Allowed {
  readonly #by = new Map<string, Control>();

  replace(bridges: readonly Bridge[]): void {
    this.#by.clear();
    this.change(Object.fromEntries(bridges.map((bridge) => [bridge.bridge, bridge])));
  }

  change(bridges: Record<string, Partial<Bridge> | null> = {}): void {
    for (const [name, bridge] of Object.entries(bridges)) {
      if (bridge === null || bridge.info === null) this.#by.delete(name);
      else if (bridge.info !== undefined) this.#by.set(name, bridge.info.control);
    }
  }

  /** What the most permissive of them allows. */
  get most(): Control {
    return CONTROLS.findLast((control) => [...this.#by.values()].includes(control)) ?? "off";
  }
}
