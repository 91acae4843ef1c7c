import { File as NodeFile } from "node:buffer"; // jsdom's does not give its bytes

import { describe, expect, it } from "vitest";

import { freeName, keptName, mistakeOf } from "./chosen";

const file = (name: string, ...bytes: number[]) => new NodeFile([new Uint8Array(bytes)], name) as unknown as File;
const zip = [0x50, 0x4b, 0x03, 0x04];

describe("a file that is chosen for a workbook", () => {
  it("is one, whatever the case of its name", async () => {
    expect(await mistakeOf(file("Partner.XLSX", ...zip, 1, 2))).toBeUndefined();
  });

  it.each(["partner.xls", "partner.csv", "partner.xlsm", ".xlsx", "partner"])("is not %s", async (name) => {
    expect(await mistakeOf(file(name, ...zip))).toBe("kind");
  });

  it("is not a text, nor nothing, by another name", async () => {
    expect(await mistakeOf(file("partner.xlsx", 1, 2, 3, 4))).toBe("kind");
    expect(await mistakeOf(file("partner.xlsx"))).toBe("kind");
  });

  it("may be closed with a password", async () => {
    expect(await mistakeOf(file("partner.xlsx", 0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toBe("closed");
  });

  it("can be gone by then", async () => {
    const gone = file("partner.xlsx", ...zip);
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError")) }) as unknown as Blob;
    expect(await mistakeOf(gone)).toBe("unread");
  });

  it("has 20 MB at most", async () => {
    const of = (size: number) => {
      const large = file("partner.xlsx", ...zip);
      Object.defineProperty(large, "size", { value: size });
      return mistakeOf(large);
    };
    expect(await of(20 * 1024 * 1024)).toBeUndefined();
    expect(await of(20 * 1024 * 1024 + 1)).toBe("large");
  });
});

describe("the name it is kept under", () => {
  it("stays where it can", () => {
    expect(keptName("Партнёр за май.xlsx")).toBe("Партнёр за май.xlsx");
  });

  it("is written as other systems write it", () => {
    expect(keptName("Партне\u0308р.xlsx")).toBe("Партнёр.xlsx");
    expect(keptName("a:b/c\u200b?.xlsx")).toBe("a b c.xlsx");
    expect(keptName("~$partner.xlsx")).toBe("$partner.xlsx");
    expect(keptName("...xlsx")).toBe("workbook.xlsx");
  });

  it("has 100 characters at most, and keeps its end", () => {
    const name = keptName(`${"п".repeat(200)}.xlsx`);
    expect([...name].length).toBe(100);
    expect(name.endsWith(".xlsx")).toBe(true);
  });

  it("has 240 bytes at most, and no half of a letter", () => {
    expect(keptName(`${"п🦊".repeat(100)}.xlsx`)).toBe(`${"п🦊".repeat(39)}.xlsx`);
    expect(keptName(`${"表".repeat(100)}.xlsx`)).toBe(`${"表".repeat(78)}.xlsx`);
    expect(freeName(`${"表".repeat(78)}.xlsx`, [])).toBe(`${"表".repeat(77)} 2.xlsx`);
  });
});

describe("a free name", () => {
  it("gets the next number", () => {
    expect(freeName("partner.xlsx", ["partner.xlsx"])).toBe("partner 2.xlsx");
    expect(freeName("partner.xlsx", ["partner.xlsx", "Partner 2.xlsx"])).toBe("partner 3.xlsx");
  });

  it("is not longer than names can be", () => {
    expect([...freeName(`${"p".repeat(95)}.xlsx`, [])].length).toBeLessThanOrEqual(100);
  });
});
