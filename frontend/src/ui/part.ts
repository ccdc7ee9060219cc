// What every component of ours is: it has the model, and draws itself again when that says so.

import { LitElement } from "lit";
import type { PropertyValues } from "lit";
import { property } from "lit/decorators.js";

import type { Model } from "../data/model.ts";

export abstract class Part extends LitElement {
  @property({ attribute: false }) model!: Model;
  #unwatch: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("model")) this.#watch();
  }

  /** Tell the components around that something is wanted, such as `d2m-open`. */
  tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #watch(): void {
    this.#unwatch?.();
    // The type says that there is a model; before the first one is set there is none.
    const model = this.model as Model | undefined;
    this.#unwatch = this.isConnected ? model?.watch(() => this.requestUpdate()) : undefined;
  }
}
