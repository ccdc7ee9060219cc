import { beforeEach, describe, expect, it, vi } from "vitest";

import { Commands } from "../src/data/commands.ts";
import type { Control } from "../src/data/contract.ts";
import { RequestFailure } from "../src/data/source.ts";
import type { DownloadSource } from "../src/data/source.ts";
import { Store } from "../src/data/store.ts";
import { Toasts } from "../src/data/toasts.ts";
import english from "../src/text/languages/en.json";
import { use } from "../src/text/language.ts";
import { allowing, client, download, snapshot } from "./builders.ts";

const request = vi.fn<DownloadSource["request"]>();

function given(control: Control, nas: Partial<ReturnType<typeof client>> = {}, other: Control = "off") {
  const toasts = new Toasts(() => undefined);
  const store = new Store(() => undefined);
  store.onLink({ phase: "live" });
  store.onReader({ user: null, control });
  store.onSnapshot(
    snapshot(
      [download("a"), download("b", { state: "paused" }), download("c", { client: "nas", state: "completed" })],
      { bridges: [allowing("main", "full"), allowing("other", other)], clients: [client(), client("nas", nas)] },
    ),
  );
  const source = { start: vi.fn(), stop: vi.fn(), retry: vi.fn(), request };
  return { commands: new Commands(store, source, toasts), rows: [...store.downloads.values()], toasts, store };
}

const ids = (rows: { id: string }[]) => rows.map((row) => row.id).join("");

beforeEach(() => {
  use(english, "en");
  request.mockReset().mockResolvedValue(null);
  vi.useFakeTimers();
});

describe("what may be asked", () => {
  it("is nothing but a poll where control is off", () => {
    const { commands, rows, store } = given("off");
    expect(commands.fitting("pause", rows)).toEqual([]);
    expect(commands.takes("seedbox", "poll")).toBe(true);
    expect(commands.deletable(rows)).toEqual([]);
    expect(commands.allowed()).toBe(false);
    store.onReader({ user: null, control: "off", polls: false });
    expect(commands.takes("seedbox", "poll")).toBe(false);
  });

  it.each([
    ["off", "", "a", ""],
    ["safe", "c", "ac", ""],
    ["full", "c", "ac", "c"],
  ] as const)("is no more than each client's bridge allows: %s", (other, remove, pause, data) => {
    const { commands, rows } = given("full", { bridge: "other" }, other);
    const its = rows.filter((row) => row.client === "nas");
    expect(ids(commands.fitting("remove", its))).toBe(remove);
    expect(commands.allowed(["nas"])).toBe(other !== "off");
    expect(commands.allowed()).toBe(true);
    expect(commands.taking("pause").includes("nas")).toBe(pause.includes("c"));
    expect(ids(commands.deletable(rows))).toBe(`ab${data}`);
    expect(commands.takes("nas", "poll")).toBe(true);
  });

  it("is what the bridge allows now, and nothing while it does not say", () => {
    const { commands, rows, store } = given("safe", { bridge: "other" }, "full");
    expect(commands.control("nas")).toBe("safe");
    store.onDelta({ bridges: { other: { info: { version: "1", control: "off", started_at: "" } } } });
    expect(ids(commands.fitting("remove", rows))).toBe("ab");
    store.onDelta({ bridges: { other: { info: null }, main: null } });
    expect([commands.control("nas"), commands.control("seedbox"), commands.control("nobody")]).toEqual([
      "off",
      "off",
      "off",
    ]);
  });

  it("is what makes a difference to a download, and its client takes now", () => {
    const { commands, rows, store } = given("safe", { abilities: ["pause", "remove"] });
    expect(ids(commands.fitting("pause", rows))).toBe("a");
    expect(ids(commands.fitting("resume", rows))).toBe("b");
    expect(ids(commands.fitting("remove", rows))).toBe("abc");
    expect(commands.taking("recheck")).toEqual(["seedbox"]);
    store.onDelta({ clients: { seedbox: { available: false } } });
    expect(ids(commands.fitting("remove", rows))).toBe("c");
    store.onLink({ phase: "waiting", retryAt: 0 });
    expect(commands.fitting("remove", rows)).toEqual([]);
  });

  it("is deleting data only with full control", () => {
    for (const [control, able] of [
      ["safe", ""],
      ["full", "abc"],
    ] as const) {
      const { commands, rows } = given(control);
      expect(ids(commands.deletable(rows))).toBe(able);
    }
  });
});

describe("asking", () => {
  it("is one request per client", async () => {
    const { commands, rows } = given("full");
    expect(await commands.run("remove", rows, { delete_data: true })).toBe(true);
    expect(request.mock.calls).toEqual([
      ["client/seedbox", "remove", { ids: ["a", "b"], delete_data: true }],
      ["client/nas", "remove", { ids: ["c"], delete_data: true }],
    ]);
  });

  it("tells what failed, and of which client, and goes on with the others", async () => {
    const { commands, rows, toasts } = given("full");
    request.mockImplementation((topic) =>
      topic === "client/nas" ? Promise.reject(new RequestFailure("failed", "the disk is gone")) : Promise.resolve(null),
    );
    expect(await commands.run("remove", rows)).toBe(false);
    expect(request).toHaveBeenCalledTimes(2);
    expect(toasts.shown.map((toast) => toast.text)).toEqual(["Nas, Remove: the disk is gone"]);
    vi.advanceTimersByTime(60_000);
    expect(toasts.shown).toEqual([]);
  });

  it("says in words what the connection did to a request", async () => {
    const { commands, toasts } = given("full");
    request.mockRejectedValue(new RequestFailure("timeout", ""));
    await commands.runAll("pause", ["seedbox"]);
    expect(toasts.shown[0]?.text).toBe("Seedbox, Pause: no answer came in time; look whether it was done");
  });
});
