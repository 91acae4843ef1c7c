import { describe, expect, it } from "vitest";

type Texts = { [key: string]: string | Texts };

const files = import.meta.glob<{ default: Texts }>(["./{en,ru}/*.json", "../{features,parts}/*/i18n/*.json"], { eager: true });

/** A text by its dotted key. Plural forms differ by language, so they count as one key. */
function flat(texts: Texts, before = ""): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") all.set(before + key, value);
    else for (const [inner, text] of flat(value, `${before}${key}.`)) all.set(inner, text);
  }
  return all;
}

const plural = /_(zero|one|two|few|many|other)$/;
const keysOf = (texts: Map<string, string>) => [...new Set([...texts.keys()].map((key) => key.replace(plural, "")))].sort();
const holes = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((match) => match[1]).sort();

const pairs = Object.keys(files)
  .filter((path) => /(^\.\/en\/|\/en\.json$)/.test(path))
  .map((english) => [english, english.replace("./en/", "./ru/").replace("/en.json", "/ru.json")] as const);

describe.each(pairs)("%s", (english, russian) => {
  const en = flat(files[english]!.default);
  const ru = flat(files[russian]?.default ?? {});

  it("has every text in both languages", () => {
    expect(keysOf(ru)).toEqual(keysOf(en));
  });

  it("fills in the same things", () => {
    for (const [key, text] of ru) {
      const same = en.get(key) ?? en.get(key.replace(plural, "_other"));
      if (same !== undefined && holes(same).length > 0) expect([key, holes(text)]).toEqual([key, holes(same)]);
    }
  });

  it("has the plural forms of the language", () => {
    const forms = (texts: Map<string, string>, key: string) =>
      [...texts.keys()].filter((k) => plural.test(k) && k.replace(plural, "") === key).map((k) => k.slice(key.length + 1)).sort();
    const counted = [...new Set([...en.keys(), ...ru.keys()].filter((k) => plural.test(k)).map((k) => k.replace(plural, "")))];
    for (const key of counted) {
      expect([key, forms(en, key)]).toEqual([key, ["one", "other"]]);
      expect([key, forms(ru, key)]).toEqual([key, ["few", "many", "one", "other"]]);
    }
  });
});
