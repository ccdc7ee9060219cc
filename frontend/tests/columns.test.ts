import { describe, expect, it } from "vitest";

import { Columns } from "../src/data/columns.ts";
import type { Memory } from "../src/data/memory.ts";

function memory(held: Record<string, unknown> = {}): Memory & { held: Record<string, unknown> } {
  return { held, read: (name) => held[name], write: (name, value) => (held[name] = structuredClone(value)) };
}

describe("columns", () => {
  it("are remembered: which, in which order, how wide", () => {
    const kept = memory();
    const columns = new Columns(kept);
    columns.show("tags", true);
    columns.move("tags", -100);
    columns.show("size", false);
    columns.resize("tags", 12);
    const again = new Columns(kept);
    expect(again.shown.slice(0, 2)).toEqual(["name", "tags"]);
    expect(again.shown).not.toContain("size");
    expect(again.width("tags")).toBe(12);
    again.reset();
    expect(new Columns(kept).shown).toEqual(new Columns(memory()).shown);
    expect(new Columns(kept).width("tags")).not.toBe(12);
  });

  it("always have the name, and first", () => {
    const columns = new Columns(memory());
    columns.show("name", false);
    columns.move("name", 3);
    columns.move("state", -1);
    expect(columns.shown.slice(0, 2)).toEqual(["name", "state"]);
  });

  it.each([null, 7, "x", ["nonsense", 5, "size", "size", "name"], { size: "wide" }])(
    "are usable whatever the browser remembers: %o",
    (held) => {
      const columns = new Columns(memory({ columns: held, widths: held }));
      expect(columns.shown[0]).toBe("name");
      expect(new Set(columns.shown).size).toBe(columns.shown.length);
      expect(columns.width("size")).toBeGreaterThan(0);
      expect(Number.isFinite(columns.total)).toBe(true);
    },
  );

  it("are never too narrow to take hold of", () => {
    const columns = new Columns(memory());
    columns.resize("size", -50);
    expect(columns.width("size")).toBeGreaterThanOrEqual(3);
  });
});
