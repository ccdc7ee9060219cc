// Words in the reader's language. A language is one JSON file beside `en.json`, loaded when it is wanted. A text with
// forms for several numbers is an object by the plural categories of that language.

import english from "./languages/en.json";

export type Key = keyof typeof english;
type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;
export type Texts = Record<string, string | Forms>;
type Figures = Record<string, string | number>;

// English is always there: it is also what is spoken when another language cannot be loaded.
const files = import.meta.glob<Texts>(["./languages/*.json", "!./languages/en.json"], { import: "default" });

const known = new Map(Object.entries(files).map(([path, load]) => [/([^/]+)\.json$/.exec(path)?.[1] ?? "", load]));

let texts: Texts = english;
let tag = "en";
let plurals = new Intl.PluralRules(tag);

/** The language in use, for `Intl` and for `lang`. */
export function language(): string {
  return tag;
}

/** The first of the wanted languages that there is, else English; `de-AT` is content with `de`. */
export function bestOf(wanted: readonly string[], there: Iterable<string> = ["en", ...known.keys()]): string {
  const names = new Map([...there].map((name) => [name.toLowerCase(), name]));
  for (const want of wanted) {
    const parts = want.toLowerCase().split("-");
    for (let length = parts.length; length > 0; length -= 1) {
      const found = names.get(parts.slice(0, length).join("-"));
      if (found !== undefined) return found;
    }
  }
  return "en";
}

/** Speak the first of these languages that is known; figures are written as in the one that was wanted. */
export async function speak(wanted: readonly string[]): Promise<void> {
  let name = bestOf(wanted);
  let loaded: Texts = english;
  try {
    loaded = (await known.get(name)?.()) ?? english;
  } catch {
    name = "en";
  }
  const region = wanted.find((want) => bestOf([want]) === name && want.toLowerCase().startsWith(name.toLowerCase()));
  use(loaded, region ?? name);
}

/** Speak with these texts. */
export function use(spoken: Texts, language: string): void {
  texts = spoken;
  tag = language;
  plurals = new Intl.PluralRules(tag);
}

/** The text `key`, its `{places}` filled; `count` chooses among its forms. */
export function t(key: Key, figures: Figures = {}): string {
  const found = texts[key];
  const text = typeof found === "object" ? formOf(found, figures["count"]) : found;
  return (text ?? key).replace(/\{(\w+)\}/g, (place, name: string) => {
    const figure = figures[name];
    return typeof figure === "number" ? figure.toLocaleString(tag) : (figure ?? place);
  });
}

function formOf(forms: Forms, count: string | number | undefined): string | undefined {
  return forms[plurals.select(Number(count ?? 0))] ?? forms.other;
}
