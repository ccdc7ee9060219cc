// Custom properties of an element, set through the CSSOM: the page's policy forbids style attributes.

import { noChange } from "lit";
import { Directive, PartType, directive } from "lit/directive.js";
import type { ElementPart, PartInfo } from "lit/directive.js";

type Values = Record<`--${string}`, string | number>;

class Vars extends Directive {
  #last: Values = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("vars() stands where attributes stand");
  }

  override render(_values: Values): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [values]: [Values]): typeof noChange {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(values)) {
      if (this.#last[name as `--${string}`] !== value) style.setProperty(name, `${value}`);
    }
    this.#last = values;
    return noChange;
  }
}

export const vars = directive(Vars);
