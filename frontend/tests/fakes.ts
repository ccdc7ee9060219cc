// A socket and a relay's HTTP side that a test holds the other end of.

import { vi } from "vitest";
import type { Mock } from "vitest";

import type { Bridge, Frame } from "../src/data/contract.ts";
import type { SourceListener } from "../src/data/source.ts";

export class FakeSocket {
  static all: FakeSocket[] = [];
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;
  sent: Record<string, unknown>[] = [];
  closed = false;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  static get latest(): FakeSocket {
    const latest = FakeSocket.all.at(-1);
    if (latest === undefined) throw new Error("no socket was opened");
    return latest;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.closed = true;
  }

  say(frame: Frame | Record<string, unknown>): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  end(code = 1006): void {
    this.onclose?.({ code });
  }

  /** Greet as the relay does, and tell nothing yet. */
  hello(fields: Record<string, unknown> = {}): void {
    this.say({ t: "hello", v: 1, epoch: "e1", seq: 5, heartbeat: 10, recovered: false, control: "full", ...fields });
  }

  snapshot(seq = 5, bridges: Bridge[] = []): void {
    this.say({ t: "snapshot", seq, broker: true, bridges, clients: [], downloads: [] });
  }
}

export interface Call {
  url: string;
  method: string;
  body: unknown;
}

/** A `fetch` that answers by the end of the address; what was asked is in `calls`. */
export function fakeFetch(answers: Record<string, () => Response>): { fetch: typeof fetch; calls: Call[] } {
  const calls: Call[] = [];
  const answer = (url: URL | RequestInfo, init?: RequestInit): Promise<Response> => {
    const text = String(url);
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : null;
    calls.push({ url: text, method: init?.method ?? "GET", body });
    const found = Object.entries(answers).find(([end]) => text.endsWith(end));
    return found === undefined ? Promise.reject(new TypeError("failed to fetch")) : Promise.resolve(found[1]());
  };
  return { fetch: answer, calls };
}

export function listener(): { [Name in keyof SourceListener]: Mock<SourceListener[Name]> } {
  return {
    onSnapshot: vi.fn<SourceListener["onSnapshot"]>(),
    onDelta: vi.fn<SourceListener["onDelta"]>(),
    onEvent: vi.fn<SourceListener["onEvent"]>(),
    onNotice: vi.fn<SourceListener["onNotice"]>(),
    onLink: vi.fn<SourceListener["onLink"]>(),
    onReader: vi.fn<SourceListener["onReader"]>(),
    onClock: vi.fn<SourceListener["onClock"]>(),
  };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}
