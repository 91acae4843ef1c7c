import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import type { Run } from "../../api/runs";
import { reasonOf } from "./failure";
import en from "./i18n/en.json";
import ru from "./i18n/ru.json";

beforeAll(async () => {
  await i18next.init({
    fallbackLng: "en",
    resources: { en: { results: en }, ru: { results: ru } },
    interpolation: { escapeValue: false },
  });
});

const failed = (error_code: string) => ({ error_code, error: "What the service says." }) as Run;

describe.each([["en", en], ["ru", ru]] as const)("why a run failed, in short (%s)", (language, texts) => {
  const reason = (run: Run, writes = false) => reasonOf(run, writes, i18next.getFixedT(language, "results"));

  it.each([
    ["limit", texts.ended.adviceLimit],
    ["unavailable", texts.ended.adviceUnavailable],
    ["invalid", texts.ended.adviceInvalid],
    ["failed", texts.ended.short],
  ])("%s is told in words", (code, words) => {
    expect(reason(failed(code))).toBe(words);
  });

  it("is what the source said, for who writes reports", () => {
    expect(reason(failed("failed"), true)).toBe("What the service says.");
    expect(reason(failed("limit"), true)).toBe(texts.ended.adviceLimit);
  });

  it("leaves the service its sentence where the code is not known", () => {
    expect(reason(failed("conflict"))).toBe("What the service says.");
  });
});
