import { describe, expect, it } from "vitest";

import { settingsOf } from "../src/card/config.ts";
import type { CardConfig } from "../src/card/config.ts";
import { formOf } from "../src/card/form.ts";
import { clientOf, languagesOf, statusOf, suggest } from "../src/card/hass.ts";
import type { Hass } from "../src/card/hass.ts";
import { Scope } from "../src/card/scope.ts";
import type { HaConnection } from "../src/data/ha-source.ts";
import type { DownloadSource, SourceListener } from "../src/data/source.ts";
import { SORTS } from "../src/data/sort.ts";
import { STATES } from "../src/data/states.ts";
import { client, download, event, snapshot } from "./builders.ts";
import { listener } from "./fakes.ts";

const config = (fields: Record<string, unknown> = {}): CardConfig =>
  ({ type: "custom:downloads2mqtt-card", ...fields }) as CardConfig;

describe("settings", () => {
  it("are all there for a config that says nothing", () => {
    expect(settingsOf(config())).toEqual({
      title: undefined,
      view: "compact",
      entry: undefined,
      clients: undefined,
      states: undefined,
      categories: undefined,
      rows: 5,
      sort: { by: "state", direction: 1 },
      rates: true,
      actions: true,
      health: true,
    });
    expect(settingsOf(config({ view: "full" })).rows).toBe(8);
  });

  it("take one name for a list, and none for all", () => {
    const one = settingsOf(config({ clients: "seedbox", states: "failed", categories: [] }));
    expect([one.clients, one.states, one.categories]).toEqual([["seedbox"], new Set(["failed"]), undefined]);
  });

  it("hide what is not wanted", () => {
    const { rates, actions, health } = settingsOf(config({ hide_rates: true, hide_actions: true, hide_clients: true }));
    expect([rates, actions, health]).toEqual([false, false, false]);
  });

  it.each([
    [{ view: "tiny" }, "view must be one of: compact, full"],
    [{ sort: "luck" }, "sort must be one of: "],
    [{ states: ["failed", "lost"] }, "states must be one of: "],
    [{ clients: [1] }, "clients must be a list of names"],
    [{ categories: { tv: true } }, "categories must be a list of names"],
    [{ max_rows: 0 }, "max_rows must be a whole number from 1 to 200"],
    [{ max_rows: "9" }, "max_rows must be a whole number"],
  ])("say what is wrong with %j", (fields, sentence) => {
    expect(() => settingsOf(config(fields))).toThrow(sentence);
  });
});

describe("Scope", () => {
  function told(bounds: { states?: string[]; categories?: string[]; actions?: boolean }) {
    const { states, categories, actions } = settingsOf(config({ ...bounds, hide_actions: bounds.actions === false }));
    let tell: SourceListener | undefined;
    const source = {
      start: (to: SourceListener) => (tell = to),
      stop: () => undefined,
      retry: () => undefined,
      request: () => Promise.resolve(null),
    } as unknown as DownloadSource;
    const heard = listener();
    new Scope(source, { states, categories, actions }).start(heard);
    if (tell === undefined) throw new Error("not started");
    return { tell, heard };
  }

  it("leaves out, lets in and takes away as downloads change", () => {
    const { tell, heard } = told({ states: ["downloading"] });
    tell.onSnapshot(snapshot([download("a"), download("b", { state: "paused" })]));
    expect(heard.onSnapshot.mock.lastCall?.[0].downloads.map(({ id }) => id)).toEqual(["a"]);
    tell.onDelta({ set: { "seedbox:b": { state: "downloading" }, "seedbox:a": { progress: 50 } } });
    expect(heard.onDelta.mock.lastCall?.[0]).toEqual({
      set: { "seedbox:b": download("b", { state: "downloading" }), "seedbox:a": { progress: 50 } },
      del: [],
    });
    tell.onDelta({ set: { "seedbox:a": { state: "seeding" } }, del: ["seedbox:b"] });
    expect(heard.onDelta.mock.lastCall?.[0]).toEqual({ set: {}, del: ["seedbox:a", "seedbox:b"] });
    tell.onDelta({ set: { "seedbox:a": { state: "downloading" } } });
    expect(heard.onDelta.mock.lastCall?.[0].set).toEqual({ "seedbox:a": download("a", { progress: 50 }) });
  });

  it("never tells of the removal of what it did not tell of", () => {
    const { tell, heard } = told({ categories: ["tv"] });
    tell.onSnapshot(snapshot([download("a")]));
    tell.onDelta({ del: ["seedbox:a"] });
    expect(heard.onDelta.mock.lastCall?.[0].del).toEqual([]);
  });

  it("takes control away where actions are hidden, and passes the rest on", () => {
    const { tell, heard } = told({ actions: false });
    tell.onReader({ user: null, control: "full" });
    expect(heard.onReader).toHaveBeenCalledWith({ user: null, control: "off", polls: false });
    tell.onEvent(event());
    tell.onLink({ phase: "live" });
    tell.onClock(5);
    expect([heard.onEvent, heard.onLink, heard.onClock].map((one) => one.mock.calls.length)).toEqual([1, 1, 1]);
  });
});

const entity = (entity_id: string, device_id: string, translation_key: string, platform = "downloads2mqtt") => ({
  [entity_id]: { entity_id, device_id, translation_key, platform },
});

const house: Hass = {
  connection: undefined as unknown as HaConnection,
  entities: {
    ...entity("sensor.a", "d1", "status"),
    ...entity("sensor.b", "d2", "status"),
    ...entity("todo.all", "d3", "downloads"),
    ...entity("sensor.bridge", "d4", "uptime"),
    ...entity("light.kitchen", "d5", "status", "hue"),
  },
  devices: {
    d1: { identifiers: [["downloads2mqtt", "01ABC_client_my_box"]] },
    d2: { identifiers: [["downloads2mqtt", "01ABC_client_usenet"]] },
    d3: { identifiers: [["downloads2mqtt", "01ABC_all"]] },
    d4: { identifiers: [["downloads2mqtt", "01ABC_bridge_main"]] },
    d5: { identifiers: [["hue", "01ABC_client_my_box"]] },
  },
};

describe("Home Assistant's entities", () => {
  it.each([
    ["sensor.a", { entry: "01ABC", client: "my_box" }],
    ["todo.all", { entry: "01ABC", client: null }],
    ["sensor.bridge", { entry: "01ABC", client: null }],
    ["light.kitchen", undefined],
    ["no.such", undefined],
  ])("tell whose %s is", (id, found) => {
    expect(clientOf(house, id)).toEqual(found);
  });

  it("tell how a client is", () => {
    expect(statusOf(house, "usenet")).toBe("sensor.b");
    expect(statusOf(house, "usenet", "01ABC")).toBe("sensor.b");
    expect(statusOf(house, "usenet", "02DEF")).toBeUndefined();
    expect(statusOf(house, "nobody")).toBeUndefined();
  });

  it("suggest a card that shows what they are about", () => {
    const card = { type: "custom:downloads2mqtt-card", view: "compact" };
    expect(suggest(house, "sensor.a")).toEqual({ ...card, clients: ["my_box"] });
    expect(suggest(house, "todo.all")).toEqual(card);
    expect(suggest(house, "light.kitchen")).toBeNull();
    const other = {
      ...house,
      entities: { ...house.entities, ...entity("todo.other", "d6", "downloads") },
      devices: { ...house.devices, d6: { identifiers: [["downloads2mqtt", "02DEF_all"]] as [string, string][] } },
    };
    expect(suggest(other, "todo.other")).toEqual({ ...card, entry_id: "02DEF" });
  });

  it.each([
    [{ language: "de", time_format: "12" }, ["de-u-hc-h12", "de"]],
    [{ language: "en-GB", time_format: "24" }, ["en-GB-u-hc-h23", "en-GB"]],
    [{ language: "fr", time_format: "language" }, ["fr", "fr"]],
  ])("tell the language of %j", (locale, languages) => {
    expect(languagesOf({ ...house, locale })).toEqual(languages);
  });
});

describe("the form", () => {
  it("offers what there is, in words for every field", async () => {
    const downloads = [download("a", { category: "tv" }), download("b", { category: null })];
    let ended = 0;
    const connection = {
      subscribeMessage: (hear: (told: unknown) => void) => {
        queueMicrotask(() => hear(snapshot(downloads, { clients: [client("seedbox", { name: "Seed box" })] })));
        return Promise.resolve(() => Promise.resolve(void (ended += 1)));
      },
    } as unknown as HaConnection;
    const form = await formOf({ connection });
    const fields = form.schema.flatMap((field) => field.schema ?? [field]);
    const options = (name: string) => {
      const select = fields.find((field) => field.name === name)?.selector?.["select"];
      return (select as { options: { value: string; label: string }[] }).options;
    };
    expect(options("clients")).toEqual([{ value: "seedbox", label: "Seed box" }]);
    expect(options("categories")).toEqual([{ value: "tv", label: "tv" }]);
    expect(options("states").map(({ value }) => value)).toEqual([...STATES]);
    expect(options("sort").map(({ value }) => value)).toEqual([...SORTS]);
    for (const field of fields) expect(form.computeLabel(field)).not.toMatch(/^card\./);
    for (const field of fields) expect(form.computeHelper(field) ?? "").not.toMatch(/^card\./);
    expect(() => form.assertConfig(config({ view: "tiny" }))).toThrow("view must be");
    expect(ended).toBe(1);
  });

  it("is there where nobody tells", async () => {
    const connection = { subscribeMessage: () => Promise.reject(new Error("no")) } as unknown as HaConnection;
    const { schema } = await formOf({ connection });
    expect(schema.length).toBeGreaterThan(5);
  });
});
