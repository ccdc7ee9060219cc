import { describe, expect, it } from "vitest";

import { Selection } from "../src/data/selection.ts";
import type { Row } from "../src/data/store.ts";
import { download } from "./builders.ts";

const rows: Row[] = [..."abcde"].map((id) => ({ ...download(id), key: id, rank: 0, text: null, shown: true }));
const held = (selection: Selection) => [...selection.keys].sort().join("");

describe("selection", () => {
  it("is one, or more with Ctrl, or a span with Shift from where it began", () => {
    const selection = new Selection();
    selection.only("b");
    selection.extend(rows, "d");
    expect(held(selection)).toBe("bcd");
    selection.extend(rows, "a");
    expect(held(selection)).toBe("ab");
    selection.toggle("e");
    selection.toggle("a");
    expect(held(selection)).toBe("be");
    selection.only("c");
    expect(held(selection)).toBe("c");
    expect(selection.active).toBe("c");
  });

  it("begins a span where the keyboard is", () => {
    const selection = new Selection();
    selection.move("b");
    selection.extend(rows, "c");
    expect(held(selection)).toBe("bc");
    selection.extend(rows, "e");
    expect(held(selection)).toBe("bcde");
  });

  it("lets go of what is gone or no longer listed", () => {
    const selection = new Selection();
    selection.all(rows);
    selection.move("a");
    const left = new Map(rows.slice(1).map((row) => [row.key, { ...row, shown: row.key !== "c" }]));
    selection.prune(left);
    expect(held(selection)).toBe("bde");
    expect(selection.active).toBeNull();
  });
});
