import { beforeEach, describe, expect, it } from "vitest";

import { bytes, duration, moment, percent, rate, ratio } from "../src/text/format.ts";
import { bestOf, speak, t, use } from "../src/text/language.ts";
import type { Texts } from "../src/text/language.ts";
import english from "../src/text/languages/en.json";

const LANGUAGES = import.meta.glob<Texts>("../src/text/languages/*.json", { import: "default", eager: true });

beforeEach(() => {
  use(english, "en");
});

describe("figures", () => {
  it.each([
    [null, ""],
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [5_242_880, "5.2 MB"],
    [99_940_000, "99.9 MB"],
    [99_960_000, "100 MB"],
    [999_600_000, "1.0 GB"],
    [3e15, "3.0 PB"],
  ])("bytes %s", (amount, expected) => {
    expect(bytes(amount)).toBe(expected);
  });

  it.each([
    [null, ""],
    [0, "0.0 %"],
    [45.67, "45.6 %"],
    [99.99, "99.9 %"],
    [100, "100 %"],
  ])("percent %s is cut, not rounded", (amount, expected) => {
    expect(percent(amount)).toBe(expected);
  });

  it.each([
    [null, ""],
    [0, "0 s"],
    [59.9, "59 s"],
    [69, "1 min"],
    [3600, "1 h"],
    [4320, "1 h 12 min"],
    [43_200, "12 h"],
    [90_000, "1 d 1 h"],
    [8_640_000, "100 d"],
  ])("duration %s", (seconds, expected) => {
    expect(duration(seconds)).toBe(expected);
  });

  it("are written as the language does", async () => {
    await speak(["de-AT"]);
    expect(bytes(5_242_880)).toBe("5,2 MB");
    expect(rate(1500)).toBe("1,5 kB/s");
    expect(ratio(1.5)).toBe("1,50");
    expect(duration(4320)).toBe("1 Std. 12 min");
  });

  it("name the day only where that is another one", () => {
    const now = Date.parse("2026-11-21T12:00:00Z");
    expect(moment("2026-11-21T11:00:00Z", now)).not.toContain("Nov");
    expect(moment("2026-10-02T11:00:00Z", now)).toContain("Oct");
    expect(moment("2020-10-02T11:00:00Z", now)).toContain("2020");
    expect(moment(null)).toBe("");
  });
});

describe("languages", () => {
  it.each([
    [["de-CH", "en"], "de"],
    [["fr", "de"], "de"],
    [["fr"], "en"],
    [["EN-us"], "en"],
    [["zh-Hant-TW", "pt"], "zh-Hant"],
    [[], "en"],
  ])("the best of %o", (wanted, expected) => {
    expect(bestOf(wanted, ["de", "en", "zh-Hant"])).toBe(expected);
  });

  it("are English where another cannot be had", async () => {
    await speak(["tlh", "x-nothing"]);
    expect(t("group.all")).toBe("All");
  });

  it("fill places, and choose the form of a number", () => {
    expect(t("list.count", { count: 1 })).toBe("1 download");
    expect(t("list.count", { count: 12_345 })).toBe("12,345 downloads");
    expect(t("banner.from", { time: "10:00" })).toBe("What you see is from 10:00.");
  });

  const names = Object.keys(LANGUAGES).map((path) => /([^/]+)\.json$/.exec(path)?.[1] ?? "");
  it.each(names.filter((name) => name !== "en"))("%s has every text of English, with the same places", (name) => {
    const own = LANGUAGES[`../src/text/languages/${name}.json`] ?? {};
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(english as Texts)) {
      expect(placesOf(own[key]), key).toEqual(placesOf(text));
    }
  });

  it.each(names)("%s has a form for every number", (name) => {
    const needed = new Intl.PluralRules(name).resolvedOptions().pluralCategories;
    const own = Object.entries(LANGUAGES[`../src/text/languages/${name}.json`] ?? {});
    for (const [key, text] of own) {
      if (typeof text === "object") expect(Object.keys(text).sort(), key).toEqual([...needed].sort());
    }
  });

  function placesOf(text: Texts[string] | undefined): string[] {
    const forms = typeof text === "object" ? Object.values(text) : [text ?? ""];
    return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
  }
});
