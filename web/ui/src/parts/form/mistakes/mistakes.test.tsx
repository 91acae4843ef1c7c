import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { renderHook } from "@testing-library/react";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { beforeAll, describe, expect, it } from "vitest";

import { field, formOf } from "../testing/forms";
import en from "../i18n/en.json";
import ru from "../i18n/ru.json";
import { byField, wrongFields } from "./byField";
import { useMistake } from "./useMistake";

interface Code {
  code: string;
  arguments: string[];
}

const codes = JSON.parse(readFileSync(resolve(process.cwd(), "../../forms/testdata/codes.json"), "utf8")) as Code[];
const holes = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]);

beforeAll(async () => {
  await i18next.use(initReactI18next).init({
    lng: "ru",
    fallbackLng: "en",
    resources: { en: { form: en }, ru: { form: ru } },
    interpolation: { escapeValue: false },
  });
});

const say = (language: string) => {
  void i18next.changeLanguage(language);
  return renderHook(() => useMistake()).result.current;
};

describe("mistakes in other languages", () => {
  it("are those that the service knows, no more and no fewer", () => {
    expect(Object.keys(ru.codes).sort()).toEqual(codes.map(({ code }) => code).sort());
  });

  it.each(codes)("$code names only what the service tells", ({ code, arguments: given }) => {
    const text = (ru.codes as Record<string, string>)[code]!;
    for (const hole of holes(text)) expect([...given, "label"]).toContain(hole);
    expect(text).not.toBe((en.codes as Record<string, string>)[code]);
  });

  it("are said with their arguments as the language writes them", () => {
    const ru = say("ru");
    expect(ru({ field: "p", message: "…", code: "max_items", arguments: { max: 200000, count: 300001 } }, "Карты")).toBe(
      "Значений может быть не больше 200\u00a0000, а указано 300\u00a0001.",
    );
    expect(ru({ field: "p", message: "…", code: "option_of", arguments: { given: ["x"], given_more: 2, options: ["a", "b"], options_more: 0 } }, "Карты")).toBe(
      "Нет такого варианта: x, ещё 2. Есть: a, b.",
    );
    expect(ru({ field: "p", message: "…", code: "max_date", arguments: { max: "2025-03-01", given: "2025-03-02" } }, "День")).toBe(
      "Нужна дата не позже 01.03.2025, а не 02.03.2025.",
    );
    expect(ru({ field: "p", message: "…", code: "default", arguments: { reason: "option_gone", given: ["7"], given_more: 0 } }, "Партнёр")).toContain(
      "Партнёр",
    );
  });

  it("are the service's own in English and where nothing else is known", () => {
    const error = { field: "p", message: "Partner is required.", code: "required", arguments: {} };
    expect(say("en")(error, "Partner")).toBe("Partner is required.");
    expect(say("ru")({ ...error, code: "of_tomorrow" }, "Partner")).toBe("Partner is required.");
    expect(say("ru")({ ...error, code: undefined }, "Partner")).toBe("Partner is required.");
    expect(say("ru")(error, "Partner")).toBe("Заполните это поле.");
  });
});

describe("mistakes by field", () => {
  const form = formOf([field("a"), field("b"), field("hidden", { shown: false })]);
  const error = (name: string, message: string) => ({ field: name, message });

  it("tells each once, and those that no field can show of the form as a whole", () => {
    const refused = [error("b", "B is wrong."), error("hidden", "Your rights do not fit.")];
    const errors = byField(form, refused, [error("b", "B is wrong."), error("", "The source does not answer."), error("utm", "There is no field.")]);
    expect(errors).toEqual({ b: [refused[0]], "": [refused[1], error("", "The source does not answer.")] });
  });

  it("goes to them in the order of the form", () => {
    expect(wrongFields(form, { b: [error("b", "x")], a: [error("a", "x")], "": [error("", "x")] })).toEqual(["a", "b"]);
  });
});
