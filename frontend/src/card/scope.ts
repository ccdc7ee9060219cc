// Between a source and a model: only downloads of some states and categories, and no more control than is wanted.

import type { Delta, Download, DownloadEvent, Notice, Snapshot } from "../data/contract.ts";
import type { DownloadSource, Fields, Link, Reader, SourceListener, Topic, Verb } from "../data/source.ts";
import { stateOf } from "../data/states.ts";
import type { Settings } from "./config.ts";

type Bounds = Pick<Settings, "states" | "categories" | "actions">;

export class Scope<S extends DownloadSource> implements DownloadSource {
  constructor(
    readonly source: S,
    private readonly bounds: Bounds,
  ) {}

  start(listener: SourceListener): void {
    this.source.start(new Within(listener, this.bounds));
  }

  stop(): void {
    this.source.stop();
  }

  retry(): void {
    this.source.retry();
  }

  request(topic: Topic, verb: Verb, fields?: Fields): Promise<unknown> {
    return this.source.request(topic, verb, fields);
  }
}

/** Tells a listener of downloads as if those outside did not exist; one that changes so comes, or goes. */
class Within implements SourceListener {
  readonly #held = new Map<string, Download>();
  readonly #told = new Set<string>();

  constructor(
    private readonly listener: SourceListener,
    private readonly bounds: Bounds,
  ) {}

  onSnapshot(snapshot: Snapshot): void {
    this.#held.clear();
    this.#told.clear();
    const downloads = snapshot.downloads.filter((download) => {
      const key = `${download.client}:${download.id}`;
      this.#held.set(key, { ...download });
      if (this.#fits(download)) this.#told.add(key);
      return this.#told.has(key);
    });
    this.listener.onSnapshot({ ...snapshot, downloads });
  }

  onDelta(delta: Delta): void {
    const set: Record<string, Partial<Download>> = {};
    const gone: string[] = [];
    for (const [key, fields] of Object.entries(delta.set ?? {})) {
      const whole = { ...this.#held.get(key), ...fields } as Download;
      this.#held.set(key, whole);
      const before = this.#told.has(key);
      if (this.#fits(whole)) {
        set[key] = before ? fields : { ...whole };
        this.#told.add(key);
      } else if (before) {
        this.#told.delete(key);
        gone.push(key);
      }
    }
    for (const key of delta.del ?? []) {
      this.#held.delete(key);
      if (this.#told.delete(key)) gone.push(key);
    }
    this.listener.onDelta({ ...delta, set, del: gone });
  }

  onEvent(event: DownloadEvent): void {
    this.listener.onEvent(event);
  }

  onNotice(notice: Notice): void {
    this.listener.onNotice(notice);
  }

  onLink(link: Link): void {
    this.listener.onLink(link);
  }

  onReader(reader: Reader): void {
    this.listener.onReader(this.bounds.actions ? reader : { ...reader, control: "off", polls: false });
  }

  onClock(now: number): void {
    this.listener.onClock(now);
  }

  #fits(download: Download): boolean {
    const { states, categories } = this.bounds;
    return (states?.has(stateOf(download)) ?? true) && (categories?.has(download.category ?? "") ?? true);
  }
}
