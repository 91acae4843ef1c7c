import { describe, expect, it } from "vitest";

import { columnOf, decode, hasHeading, separatorOf, tableOf } from "./files";
import { countItems, itemsOf, listText, textOf } from "./items";

describe("items of a pasted text", () => {
  it.each<[string, boolean, string[]]>([
    ["1\n2\r\n3", true, ["1", "2", "3"]],
    ["\ufeff 1; 2,3\t4 \n\n", true, ["1", "2", "3", "4"]],
    ["a, b; c", false, ["a", "b", "c"]],
    ["Riga, Latvia\nOslo, Norway", false, ["Riga, Latvia", "Oslo, Norway"]],
    ['"a, b"\n"say ""no"""', false, ["a, b", 'say "no"']],
    ['5" pipe\n6" pipe', false, ['5" pipe', '6" pipe']],
    ['"open\nend', false, ['"open', "end"]],
    ["", false, []],
  ])("%j", (text, numbers, items) => {
    expect(itemsOf(text, numbers)).toEqual(items);
    expect(countItems(text, numbers)).toBe(items.length);
  });

  it("survive being written as a list again", () => {
    const items = ["plain", "a, b", "x;y", 'quo"te', '"whole"', "tab\there", "line\nbreak"];
    expect(itemsOf(textOf(items), false)).toEqual(items);
    expect(listText([1, 2])).toBe("1\n2");
    expect(listText(null)).toBe("");
  });

  it("are counted by the million while one waits", () => {
    const text = Array.from({ length: 1_000_000 }, (_, index) => String(2_000_000_000 + index)).join("\n");
    const began = performance.now();
    expect(countItems(text, true)).toBe(1_000_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe("files", () => {
  const cards = 'card;name\r\n12;"Bo;ris ""B"""\r\n13;Anna\r\n\r\n;nobody\r\n';

  it("are parted by what the first line has most of, outside of quotes", () => {
    expect([separatorOf("a;b,c;d"), separatorOf("a\tb"), separatorOf('"a;b;c",d'), separatorOf("12")]).toEqual([";", "\t", ",", ""]);
  });

  it("with several columns are tables, of which one column is taken", async () => {
    const table = tableOf(cards)!;
    expect(table.head[1]).toEqual(["12", 'Bo;ris "B"']);
    expect(hasHeading(table)).toBe(true);
    expect(await columnOf(table, 0, true)).toEqual(["12", "13"]);
    expect(await columnOf(table, 1, false)).toEqual(["name", 'Bo;ris "B"', "Anna", "nobody"]);
  });

  it("with one column are lists as they stand", () => {
    for (const list of ["12\n13\n14", "Riga, Latvia\nOslo", "1,2,3"]) expect(tableOf(list)).toBeUndefined();
  });

  it("have no heading when the first row has digits", () => {
    expect(hasHeading(tableOf("12;Anna\n13;Boris")!)).toBe(false);
  });

  it("are read in the encodings that Excel writes", () => {
    expect(decode(new Uint8Array([0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0]), "ru")).toBe("Москва");
    expect(decode(new TextEncoder().encode("Москва"), "ru")).toBe("Москва");
    expect(decode(new Uint8Array([0xff, 0xfe, 0x31, 0x00, 0x32, 0x00]), "en")).toBe("12");
    expect(decode(new Uint8Array([0x43, 0x61, 0x66, 0xe9]), "en")).toBe("Café");
  });
});
