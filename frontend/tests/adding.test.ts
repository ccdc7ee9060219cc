import { beforeEach, describe, expect, it, vi } from "vitest";

import { LARGEST_FILE, add, fileItem, linksOf, looksLikeLinks, protocolOf, takersOf } from "../src/data/adding.ts";
import type { Adding, Item } from "../src/data/adding.ts";
import { Commands } from "../src/data/commands.ts";
import { RequestFailure } from "../src/data/source.ts";
import type { DownloadSource } from "../src/data/source.ts";
import { Store } from "../src/data/store.ts";
import { Toasts } from "../src/data/toasts.ts";
import { use } from "../src/text/language.ts";
import english from "../src/text/languages/en.json";
import { allowing, client, snapshot } from "./builders.ts";

const MAGNET = `magnet:?xt=urn:btih:${"a".repeat(40)}&dn=debian.iso`;
const file = (name: string, size = 3) => new File([new Uint8Array(size).fill(7)], name);

beforeEach(() => use(english, "en"));

function adding(request: DownloadSource["request"]): Adding {
  const store = new Store(() => undefined);
  const source = { start: vi.fn(), stop: vi.fn(), retry: vi.fn(), request };
  store.onLink({ phase: "live" });
  store.onReader({ user: null, control: "safe" });
  const usenet = client("usenet", { protocol: "usenet", bridge: "second" });
  const deaf = client("deaf", { abilities: ["pause"] });
  const bridges = [allowing("main", "safe"), allowing("second", "safe")];
  store.onSnapshot(snapshot([], { bridges, clients: [client(), usenet, deaf, client("gone", { available: false })] }));
  return { source, store, commands: new Commands(store, source, new Toasts(() => undefined)) };
}

const link = (text: string): Item => {
  const [item] = linksOf(text);
  if (item === undefined) throw new Error("no link");
  return item;
};

describe("what is typed", () => {
  it("is one link per line, each once", () => {
    const items = linksOf(`  ${MAGNET}\r\n\n http://a.example/x%20y.torrent?k=1 \n${MAGNET}\nnonsense\n`);
    expect(items.map(({ label, outcome }) => [label, outcome.is])).toEqual([
      ["debian.iso", "waiting"],
      ["x y.torrent", "waiting"],
      ["nonsense", "failed"],
    ]);
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "magnet:", "ftp://x/y"])("%s is no link", (text) => {
    expect(link(text).outcome.is).toBe("failed");
    expect(looksLikeLinks(text)).toBe(false);
  });

  it("may be an address that is none", () => {
    expect(link("http://%zz/").label).toBe("http://%zz/");
    expect(link("https://a.example/%E0%A4%A").label).toBe("https://a.example/%E0%A4%A");
  });

  it.each([
    [MAGNET, true],
    [`${MAGNET}\nhttps://a.example/`, true],
    ["some words", false],
    ["", false],
    [`${MAGNET}\nand words`, false],
  ])("%j looks like links: %s", (text, expected) => {
    expect(looksLikeLinks(text)).toBe(expected);
  });
});

describe("files", () => {
  it.each([
    [file("a.torrent"), "waiting"],
    [file("A.NZB"), "waiting"],
    [file("a.jpg"), "failed"],
    [file("a.torrent", 0), "failed"],
    [file("a.nzb", LARGEST_FILE + 1), "failed"],
  ])("%o are checked", (one, outcome) => {
    expect(fileItem(one).outcome.is).toBe(outcome);
  });
});

it.each([
  [MAGNET, "torrent"],
  ["https://a.example/x.torrent?token=1", "torrent"],
  ["https://a.example/get.php?name=x.nzb", null],
  ["https://a.example/x.NZB#1", "usenet"],
])("the protocol of %s is %s", (text, expected) => {
  expect(protocolOf(link(text))).toBe(expected);
});

describe("adding", () => {
  it("lets the bridge choose, of a client that fits", async () => {
    const request = vi.fn().mockResolvedValue({ client: "seedbox", id: "x" });
    const outcome = await add(link(MAGNET), "", { paused: true }, adding(request));
    expect(outcome).toEqual({ is: "taken", client: "seedbox", id: "x" });
    expect(request.mock.calls).toEqual([["bridge/main", "add", { url: MAGNET, paused: true }]]);
    await add(fileItem(file("a.nzb")), "", {}, adding(request));
    expect(request.mock.lastCall).toEqual(["bridge/second", "add", { content: "BwcH", filename: "a.nzb" }]);
  });

  it("chooses itself for a reader who does not see all of the bridge", async () => {
    const request = vi
      .fn()
      .mockRejectedValueOnce(new RequestFailure("forbidden", "not all clients are yours"))
      .mockResolvedValueOnce({ id: "x" });
    expect(await add(link(MAGNET), "", {}, adding(request))).toEqual({ is: "taken", client: "seedbox", id: "x" });
    expect(request.mock.lastCall?.[0]).toBe("client/seedbox");
  });

  it("asks the client that was chosen, and says why it would not", async () => {
    const request = vi.fn().mockRejectedValue(new RequestFailure("failed", "the disk is full"));
    const outcome = await add(link(MAGNET), "seedbox", {}, adding(request));
    expect(outcome).toEqual({ is: "failed", why: "the disk is full" });
    expect(request.mock.calls).toEqual([["client/seedbox", "add", { url: MAGNET }]]);
  });

  it("says when nobody would take it", async () => {
    const request = vi.fn();
    const without = adding(request);
    without.store.clients.delete("usenet");
    expect((await add(fileItem(file("a.nzb")), "", {}, without)).is).toBe("failed");
    expect(request).not.toHaveBeenCalled();
    expect(takersOf(link(MAGNET), without)).toEqual(["seedbox"]);
  });

  it("says when a file cannot be read, and survives an answer without an id", async () => {
    const gone = fileItem(file("a.torrent"));
    vi.spyOn(gone.file as File, "arrayBuffer").mockRejectedValue(new DOMException("gone", "NotFoundError"));
    expect((await add(gone, "", {}, adding(vi.fn()))).is).toBe("failed");
    expect(await add(link(MAGNET), "seedbox", {}, adding(vi.fn().mockResolvedValue(null)))).toEqual({
      is: "taken",
      client: "seedbox",
      id: null,
    });
  });

  it("carries a large file whole", async () => {
    const request = vi.fn().mockResolvedValue({});
    await add(fileItem(file("a.torrent", 3_000_001)), "seedbox", {}, adding(request));
    const { content } = request.mock.lastCall?.[2] as { content: string };
    expect(atob(content)).toHaveLength(3_000_001);
  });
});
