import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { RelaySource } from "../src/data/relay-source.ts";
import { RequestFailure } from "../src/data/source.ts";
import type { Control } from "../src/data/contract.ts";
import { allowing, event } from "./builders.ts";
import { FakeSocket, fakeFetch, json, listener } from "./fakes.ts";

const OPEN = () => json({ user: "anna", login: "form", control: "full", clients: null, categories: null });

function started(answers: Record<string, () => Response> = { session: OPEN }) {
  const { fetch, calls } = fakeFetch(answers);
  const heard = listener();
  const browser = { WebSocket: FakeSocket as unknown as typeof WebSocket, fetch, random: () => 0.5 };
  const source = new RelaySource("http://house.example/prefix/", browser);
  source.start(heard);
  return { source, heard, calls };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

async function live() {
  const all = started();
  await settle();
  FakeSocket.latest.hello();
  FakeSocket.latest.snapshot();
  return all;
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
});
afterEach(() => {
  vi.useRealTimers();
});

describe("connecting", () => {
  it("asks who reads, opens below the page's address, and is live with the first snapshot", async () => {
    const { heard, calls } = started();
    await settle();
    expect(calls.map((call) => call.url)).toEqual(["http://house.example/prefix/api/v1/session"]);
    expect(FakeSocket.latest.url).toBe("ws://house.example/prefix/api/v1/ws");
    FakeSocket.latest.hello();
    expect(heard.onReader).toHaveBeenCalledWith({ user: "anna", control: "full" });
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "connecting" });
    FakeSocket.latest.snapshot();
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "live" });
    expect(heard.onSnapshot).toHaveBeenCalledOnce();
  });

  it("serves everybody where the relay knows no sessions", async () => {
    started({ session: () => json({}, 404) });
    await settle();
    expect(FakeSocket.all).toHaveLength(1);
  });

  it.each([
    ["form", true],
    ["none", false],
  ])("says that a login is needed, with login %s", async (login, form) => {
    const { heard } = started({ session: () => json({ status: "error", login }, 401) });
    await settle();
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "login", form });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeSocket.all).toHaveLength(0);
  });

  it("tries again, ever later, while nothing answers", async () => {
    const { calls } = started({});
    await settle();
    const tries = [1];
    for (let second = 0; second < 120; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      tries.push(calls.length);
    }
    expect(calls.length).toBeGreaterThan(6);
    expect(calls.length).toBeLessThan(12);
  });

  it("opens after a login, and forgets what the one before saw", async () => {
    let user: string | null = null;
    const { source, heard } = started({
      session: () => (user === null ? json({ login: "form" }, 401) : OPEN()),
      login: () => {
        user = "anna";
        return new Response(null, { status: 204 });
      },
    });
    await settle();
    await source.login.login("anna", "secret");
    await settle();
    expect(FakeSocket.latest.url).toBe("ws://house.example/prefix/api/v1/ws");
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "connecting" });
  });

  it.each([
    [401, "unauthorized"],
    [429, "too_many"],
  ])("says why a login failed: %i", async (status, code) => {
    const { source } = started({ session: OPEN, login: () => json({}, status, { "Retry-After": "30" }) });
    await expect(source.login.login("anna", "wrong")).rejects.toMatchObject({ code });
  });
});

describe("losing and resuming", () => {
  it("returns to where it was, and is live without a snapshot when that worked", async () => {
    const { heard } = await live();
    FakeSocket.latest.say({ t: "delta", prev: 5, seq: 6, set: {} });
    FakeSocket.latest.say({ t: "event", ...event("a", { seq: 7 }) });
    FakeSocket.latest.end();
    expect(heard.onLink.mock.lastCall?.[0]).toMatchObject({ phase: "waiting" });
    await vi.advanceTimersByTimeAsync(2000);
    expect(FakeSocket.all).toHaveLength(2);
    expect(FakeSocket.latest.url).toBe("ws://house.example/prefix/api/v1/ws?epoch=e1&seq=7");
    FakeSocket.latest.hello({ recovered: true, seq: 9 });
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "live" });
    FakeSocket.latest.say({ t: "delta", prev: 7, seq: 8, set: {} });
    expect(heard.onDelta).toHaveBeenCalledTimes(2);
    expect(heard.onSnapshot).toHaveBeenCalledOnce();
  });

  it("takes a snapshot where it could not be caught up", async () => {
    const { heard } = await live();
    FakeSocket.latest.end();
    await vi.advanceTimersByTimeAsync(2000);
    FakeSocket.latest.hello({ recovered: false, epoch: "e2", seq: 1 });
    expect(heard.onLink).not.toHaveBeenLastCalledWith({ phase: "live" });
    FakeSocket.latest.snapshot(1);
    expect(heard.onSnapshot).toHaveBeenCalledTimes(2);
    FakeSocket.latest.end();
    await vi.advanceTimersByTimeAsync(3000);
    expect(FakeSocket.latest.url).toContain("epoch=e2&seq=1");
  });

  it("asks for everything again after a gap", async () => {
    const { heard } = await live();
    FakeSocket.latest.say({ t: "delta", prev: 6, seq: 7, set: {} });
    expect(heard.onDelta).not.toHaveBeenCalled();
    expect(FakeSocket.latest.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(FakeSocket.latest.url).not.toContain("epoch");
  });

  it("gives up a silent connection after two and a half heartbeats", async () => {
    const { heard } = await live();
    for (let beat = 0; beat < 5; beat += 1) {
      await vi.advanceTimersByTimeAsync(10_000);
      FakeSocket.latest.say({ t: "heartbeat", seq: 5, at: "2026-11-21T10:00:00Z" });
    }
    expect(FakeSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(24_500);
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "live" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard.onLink).not.toHaveBeenLastCalledWith({ phase: "live" });
    expect(FakeSocket.all[0]?.closed).toBe(true);
  });

  it("asks who reads when the relay ends the session", async () => {
    let known = true;
    const { heard } = started({ session: () => (known ? OPEN() : json({ login: "form" }, 401)) });
    await settle();
    FakeSocket.latest.hello();
    FakeSocket.latest.snapshot();
    known = false;
    FakeSocket.latest.end(4401);
    await settle();
    expect(heard.onLink).toHaveBeenLastCalledWith({ phase: "login", form: true });
  });

  it("tries at once when asked to, and hears nothing more once it is stopped", async () => {
    const { source, heard } = await live();
    FakeSocket.latest.end();
    source.retry();
    await settle();
    expect(FakeSocket.all).toHaveLength(2);
    const socket = FakeSocket.latest;
    source.stop();
    heard.onSnapshot.mockClear();
    socket.snapshot();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard.onSnapshot).not.toHaveBeenCalled();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("passes on the events that a lagging reader got in a delta, and notifications", async () => {
    const { heard } = await live();
    FakeSocket.latest.say({ t: "delta", prev: 5, seq: 9, set: {}, events: [event("x"), event("y")], missed_events: 3 });
    FakeSocket.latest.say({
      t: "notification",
      seq: 10,
      type: "info",
      message: "hello",
      data: null,
      at: "2026-11-21T10:00:00Z",
    });
    expect(heard.onEvent).toHaveBeenCalledTimes(2);
    expect(heard.onNotice).toHaveBeenCalledOnce();
  });
});

describe("what may be asked for", () => {
  const control = (heard: ReturnType<typeof listener>) => heard.onReader.mock.lastCall?.[0].control;
  const subscribed = () => FakeSocket.latest.sent.filter((frame) => frame["t"] === "subscribe").length;
  const bridges = (told: Record<string, Control>) =>
    Object.fromEntries(Object.entries(told).map(([name, one]) => [name, allowing(name, one)]));

  async function greeted(first: Control, ...its: Control[]) {
    const all = started();
    await settle();
    FakeSocket.latest.hello({ control: first });
    const names = ["a", "b"];
    FakeSocket.latest.snapshot(
      5,
      its.map((one, place) => allowing(names[place] ?? "", one)),
    );
    return all;
  }

  it("is asked anew once when bridges allow another most, and nothing is lost or told twice", async () => {
    const { heard, source } = await greeted("safe", "safe", "off");
    const answer = source.request("client/nas", "poll");
    FakeSocket.latest.say({ t: "delta", prev: 5, seq: 6, bridges: bridges({ b: "full" }) });
    FakeSocket.latest.say({ t: "delta", prev: 6, seq: 7, bridges: bridges({ b: "off" }) });
    FakeSocket.latest.say({ t: "event", ...event("a", { seq: 8 }) });
    FakeSocket.latest.say({ t: "delta", prev: 8, seq: 9, bridges: bridges({ b: "full" }) });
    expect(subscribed()).toBe(1);
    FakeSocket.latest.hello({ control: "full", seq: 9 });
    FakeSocket.latest.snapshot(9, [allowing("a", "safe"), allowing("b", "full")]);
    FakeSocket.latest.say({ t: "delta", prev: 9, seq: 10, set: {} });
    expect(control(heard)).toBe("full");
    expect([heard.onSnapshot, heard.onEvent, heard.onDelta].map((one) => one.mock.calls.length)).toEqual([2, 1, 4]);
    expect(heard.onLink.mock.calls.filter(([link]) => link.phase === "live")).toHaveLength(1);
    expect([subscribed(), FakeSocket.all.length]).toEqual([1, 1]);
    FakeSocket.latest.say({
      t: "response",
      transaction: FakeSocket.latest.sent.find((f) => f["verb"] === "poll")?.["transaction"],
      status: "ok",
      data: 1,
    });
    await expect(answer).resolves.toBe(1);
  });

  it.each<[string, Control, Record<string, Control> | Record<string, null>, number]>([
    ["one that allows no more than another", "full", { b: "off" }, 0],
    ["the last that allowed it is gone", "full", { a: null, b: null }, 1],
    ["this reader was granted less", "safe", { a: "safe" }, 0],
  ])("is asked anew only where it may be another: %s", async (_, first, told, times) => {
    await greeted(first, "full", "safe");
    const said = Object.entries(told).map(([name, one]) => [name, one === null ? null : allowing(name, one)]);
    FakeSocket.latest.say({ t: "delta", prev: 5, seq: 6, bridges: Object.fromEntries(said) });
    expect(subscribed()).toBe(times);
  });

  it("is asked when the first bridge comes, and again on the next connection", async () => {
    const { heard } = await greeted("off");
    FakeSocket.latest.say({ t: "delta", prev: 5, seq: 6, bridges: bridges({ a: "safe" }) });
    expect(subscribed()).toBe(1);
    FakeSocket.latest.end();
    await vi.advanceTimersByTimeAsync(2000);
    FakeSocket.latest.hello({ recovered: true, control: "safe", seq: 7 });
    expect(control(heard)).toBe("safe");
    FakeSocket.latest.say({ t: "delta", prev: 6, seq: 7, bridges: bridges({ a: "full" }) });
    expect(subscribed()).toBe(1);
  });

  it("is asked anew when a slow reader is told everything once more", async () => {
    await greeted("safe", "safe");
    FakeSocket.latest.snapshot(8, [allowing("a", "full")]);
    FakeSocket.latest.snapshot(9, [allowing("a", "full")]);
    expect(subscribed()).toBe(1);
  });
});

describe("requests", () => {
  it("are answered by their transaction, whatever the order", async () => {
    const { source } = await live();
    const first = source.request("client/seedbox", "pause", { ids: ["a"] });
    const second = source.request("client/nas", "resume", { all: true });
    const [one, two] = FakeSocket.latest.sent.slice(-2);
    expect(one).toMatchObject({ t: "request", topic: "client/seedbox", verb: "pause", ids: ["a"] });
    expect(one?.["transaction"]).not.toBe(two?.["transaction"]);
    FakeSocket.latest.say({ t: "response", transaction: two?.["transaction"], status: "ok", data: 2 });
    FakeSocket.latest.say({
      t: "response",
      transaction: one?.["transaction"],
      status: "error",
      error: { code: "not_found", message: "there is no such download" },
    });
    await expect(second).resolves.toBe(2);
    await expect(first).rejects.toMatchObject({ code: "not_found", message: "there is no such download" });
  });

  it("go over HTTP when they are too large for a frame", async () => {
    const { fetch, calls } = fakeFetch({
      session: OPEN,
      "request/bridge/main/add": () => json({ status: "ok", data: { id: "a" } }),
    });
    const browser = { WebSocket: FakeSocket as unknown as typeof WebSocket, fetch, random: () => 0.5 };
    const source = new RelaySource("http://house.example/", browser);
    source.start(listener());
    await settle();
    FakeSocket.latest.hello();
    FakeSocket.latest.snapshot();
    const answer = source.request("bridge/main", "add", { content: "x".repeat(40_000), filename: "a.nzb" });
    await expect(answer).resolves.toEqual({ id: "a" });
    expect(calls.at(-1)).toMatchObject({ method: "POST", url: "http://house.example/api/v1/request/bridge/main/add" });
    expect(FakeSocket.latest.sent.filter((frame) => frame["t"] === "request")).toHaveLength(0);
  });

  it("fail with what the relay says over HTTP, and in words when a proxy answers", async () => {
    const big = { content: "x".repeat(40_000), filename: "a.nzb" };
    for (const [answer, expected] of [
      [
        () => json({ status: "error", error: { code: "forbidden", message: "not you" } }, 403),
        { code: "forbidden", message: "not you" },
      ],
      [() => new Response("<html>", { status: 413 }), { code: "too_large" }],
      [() => new Response("<html>", { status: 502 }), { code: "failed" }],
    ] as const) {
      const { source } = started({ session: OPEN, add: answer });
      await settle();
      FakeSocket.latest.hello();
      FakeSocket.latest.snapshot();
      await expect(source.request("client/nas", "add", big)).rejects.toMatchObject(expected);
    }
  });

  it("fail when the connection ends before the answer, when none comes in time, and without a connection", async () => {
    const { source } = await live();
    const cut = expect(source.request("client/seedbox", "poll")).rejects.toMatchObject({ code: "interrupted" });
    FakeSocket.latest.end();
    await cut;
    await expect(source.request("client/seedbox", "poll")).rejects.toBeInstanceOf(RequestFailure);
    await vi.advanceTimersByTimeAsync(2000);
    FakeSocket.latest.hello({ recovered: true });
    const late = expect(source.request("client/seedbox", "poll")).rejects.toMatchObject({ code: "timeout" });
    for (let beat = 0; beat < 4; beat += 1) {
      FakeSocket.latest.say({ t: "heartbeat", seq: 5, at: "2026-11-21T10:00:00Z" });
      await vi.advanceTimersByTimeAsync(9000);
    }
    await late;
  });
});
