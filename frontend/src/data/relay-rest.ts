// The relay's HTTP side: who reads, logging in and out, and requests too large for a frame.

import type { Response as BusResponse } from "./contract.ts";
import { RequestFailure } from "./source.ts";
import type { Fields, Topic, Verb } from "./source.ts";

export type Session =
  { kind: "open"; user: string | null } | { kind: "login"; form: boolean } | { kind: "unreachable" };

interface SessionAnswer {
  user?: string | null;
  login?: "form" | "none";
}

export class RelayRest {
  constructor(
    private readonly base: URL,
    private readonly fetch: typeof globalThis.fetch,
  ) {}

  /** Who this reader is, without ever rejecting. A relay that knows no sessions serves everybody. */
  async session(): Promise<Session> {
    try {
      const response = await this.fetch(new URL("session", this.base), { cache: "no-store" });
      if (response.status === 404) return { kind: "open", user: null };
      if (response.status !== 200 && response.status !== 401) return { kind: "unreachable" };
      const told = (await response.json()) as SessionAnswer;
      if (response.status === 401) return { kind: "login", form: told.login !== "none" };
      return { kind: "open", user: told.user ?? null };
    } catch {
      return { kind: "unreachable" };
    }
  }

  async login(user: string, password: string): Promise<void> {
    const response = await this.#post("login", { user, password });
    if (response.ok) return;
    if (response.status === 401) throw new RequestFailure("unauthorized", "");
    if (response.status === 429) {
      throw new RequestFailure("too_many", response.headers.get("Retry-After") ?? "");
    }
    throw await failureOf(response);
  }

  async logout(): Promise<void> {
    const response = await this.#post("logout", {});
    if (!response.ok && response.status !== 401) throw await failureOf(response);
  }

  async request(topic: Topic, verb: Verb, fields: Fields): Promise<unknown> {
    const response = await this.#post(`request/${topic}/${verb}`, fields);
    if (!response.ok) throw await failureOf(response);
    const told = (await response.json()) as BusResponse;
    if (told.status === "error") throw new RequestFailure(told.error?.code ?? "failed", told.error?.message ?? "");
    return told.data ?? null;
  }

  async #post(path: string, body: Fields): Promise<globalThis.Response> {
    try {
      return await this.fetch(new URL(path, this.base), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
    } catch {
      throw new RequestFailure("interrupted", "");
    }
  }
}

async function failureOf(response: globalThis.Response): Promise<RequestFailure> {
  try {
    const told = (await response.json()) as BusResponse;
    if (told.error) return new RequestFailure(told.error.code, told.error.message);
  } catch {
    // What stands before the relay answers in HTML, which is no text for a person.
  }
  return new RequestFailure(response.status === 413 ? "too_large" : "failed", "");
}
