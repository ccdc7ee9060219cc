// What finished while nothing was told: bridges remember it, and are asked for it once somebody tells again.

import { finishedEvents } from "./past.ts";
import { RequestFailure } from "./source.ts";
import type { DownloadSource } from "./source.ts";
import type { Store } from "./store.ts";

const PATIENCE = 60_000; // for bridges that come back later than who tells of them

export class Missed {
  #since: number | null = null; // by the source's clock
  #until = 0;
  readonly #asked = new Set<string>();

  constructor(
    private readonly source: DownloadSource,
    private readonly store: Store,
  ) {}

  /** Ask for what was missed of every client whose bridge is there; called whenever something changed. */
  look(): void {
    const missed = this.store.takeMissed();
    if (missed !== null) {
      this.#since ??= missed;
      this.#until = Date.now() + PATIENCE;
      this.#asked.clear();
    }
    if (this.#since === null || !this.store.live) return;
    if (Date.now() > this.#until) {
      this.#since = null;
      return;
    }
    for (const { client, bridge } of this.store.clients.values()) {
      if (this.#asked.has(client) || this.store.bridges.get(bridge)?.state !== "online") continue;
      this.#asked.add(client);
      void this.#ask(bridge, client, new Date(this.#since).toISOString());
    }
  }

  async #ask(bridge: string, client: string, since: string): Promise<void> {
    try {
      const events = await finishedEvents(this.source, bridge, client, since);
      for (const event of events.reverse()) this.store.onEvent(event);
    } catch (failure) {
      // The list is right without them. Who sees only some categories may not ask; what was cut off is asked for anew.
      if (!(failure instanceof RequestFailure)) throw failure;
    }
  }
}
