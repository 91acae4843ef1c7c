import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import type { AuditEvent } from "../../api/audit";
import { formatIn } from "../../i18n/format";
import { linesOf } from "./details";
import en from "./i18n/en.json";
import ru from "./i18n/ru.json";
import { whoWords } from "./words";

const told = JSON.parse(readFileSync(resolve(process.cwd(), "../../internal/people/testdata/audited.json"), "utf8")) as { actions: string[]; details: string[] };

beforeAll(async () => {
  await i18next.init({ lng: "en", resources: { en: { audit: en }, ru: { audit: ru } }, interpolation: { escapeValue: false } });
});

const event = (action: string, details: Record<string, unknown>, more: Partial<AuditEvent> = {}): AuditEvent => ({
  id: "1", at: "", person_id: "", person: "", person_name: "", via: "session", address: "", action, object_kind: "", object_id: "", object_name: "", details, ...more,
});
const lines = (language: "en" | "ru", action: string, details: Record<string, unknown>) =>
  linesOf(event(action, details), { t: i18next.getFixedT(language, "audit"), format: formatIn(language) });
const written = (...args: Parameters<typeof lines>) => lines(...args).map(({ label, value }) => [label, typeof value === "string" ? value : value.map((line) => `${line.label}: ${line.value as string}`)]);

describe("what the service tells the audit log", () => {
  it.each([["en", en], ["ru", ru]] as const)("has words for every action and no others (%s)", (_, texts) => {
    expect(Object.keys(texts.action).sort()).toEqual(told.actions.map((action) => action.replace(".", "_")).sort());
  });

  it.each([["en", en], ["ru", ru]] as const)("has words for every detail and no others, but for whom something is given (%s)", (_, texts) => {
    expect(Object.keys(texts.detail).filter((key) => key !== "whom").sort()).toEqual([...told.details].sort());
  });

  it("is a kind that can be filtered", () => {
    const apart = ["backup", "secrets"]; // once in a blue moon
    const kinds = new Set(told.actions.map((action) => action.split(".")[0]!).filter((kind) => !apart.includes(kind)));
    expect(Object.keys(en.kind).filter((kind) => kind !== "all").sort()).toEqual([...kinds].sort());
  });
});

describe("the details of an event", () => {
  it("are words and no JSON", () => {
    expect(written("en", "run.created", { format: "", report: "partner-cards", values: { partner: 2, ids: ["a", "b"], all: true, period: { from: "2025-11-01", to: "2025-11-03" }, note: "" } })).toEqual([
      ["Report", "partner-cards"],
      ["Filled in", ["partner: 2", "ids: a, b", "all: yes", "period: 2025-11-01 – 2025-11-03", "note: –"]],
    ]);
    expect(written("ru", "run.created", { values: "too long to repeat: see the run" })).toEqual([["Заполнено", "слишком длинные, их можно увидеть в запуске"]]);
    expect(written("ru", "person.changed", { role: { from: "member", to: "analyst" }, name: { from: "", to: "Анна" } })).toEqual([
      ["Роль", "Участник → Аналитик"], ["Имя", "– → Анна"],
    ]);
  });

  it("say for whom, and from where to where", () => {
    expect(written("en", "grant.given", { to: "group Sales", level: "view_sql" })).toEqual([["With whom", "the group Sales"], ["They may", "run it and read its SQL"]]);
    expect(written("ru", "source.granted", { to: "everyone" })).toEqual([["Кому", "все"]]);
    expect(written("en", "report.moved", { from: "", to: "sales" })).toEqual([["Before", "no folder"], ["After", "sales"]]);
    expect(written("en", "group.renamed", { to: "Sales" })).toEqual([["After", "Sales"]]);
  });

  it("give limits their units", () => {
    expect(written("en", "source.changed", { driver: "clickhouse", dsn_changed: true, limits: { time: 90e9, rows: 1_000_000, memory: 2_000_000_000, overflow: "cut" } })).toEqual([
      ["Kind of database", "clickhouse"], ["Another address", "yes"],
      ["Limits", ["Time of a query: 1 min 30 sec", "Rows: 1,000,000", "Memory: 2 GB", "What has more rows: is cut, and says so"]],
    ]);
    expect(written("en", "group.limits_set", { limits: { partner: ["1", "2"], city: [] } })).toEqual([["Limits", ["partner: 1, 2", "city: –"]]]);
  });

  it("shorten long lists and show what nobody has told of", () => {
    const many = Array.from({ length: 25 }, (_, n) => `v${n}`);
    expect(written("en", "trial.run", { sources: many, later: { deep: [1] } })).toEqual([
      ["Databases", `${many.slice(0, 20).join(", ")} and 5 more`], ["later", ["deep: 1"]],
    ]);
  });
});

it("what acts without a person is told in words", () => {
  const t = i18next.getFixedT("ru", "audit");
  expect(whoWords(event("backup.made", {}, { via: "command", person: "command line", person_name: "command line" }), t)).toBe("командная строка");
  expect(whoWords(event("link.opened", {}, { via: "link", person: "anyone with the link", person_name: "anyone with the link" }), t)).toBe("любой, у кого есть ссылка");
  expect(whoWords(event("run.created", {}, { person_id: "1", person: "anna@example.com", person_name: "Anna" }), t)).toBe("Anna");
});
