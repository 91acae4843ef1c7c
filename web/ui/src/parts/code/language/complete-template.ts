import type { Vocabulary } from "../types";
import type { Offer, Offers } from "./complete";

type Where = "sql" | "text";

const members: Record<string, string[]> = {
  user: ["email", "name", "groups"],
  run: ["id", "started", "timezone"],
  report: ["title", "slug", "revision"],
};

const words = "if else end range with and or not eq ne lt le gt ge".split(" ");
const general =
  "given default coalesce ternary empty has contains hasPrefix hasSuffix upper lower trim replace trunc printf join first last len list " +
  "date number add sub mul div mod round max min fail";
const functions: Record<Where, string[]> = {
  sql: ["ident", "snippet", "table", ...general.split(" ")],
  text: ["rows", "value", ...general.split(" ")],
};

/** What may be written in a template; `before` is what stands between {{ and the place. */
export function completeTemplate(before: string, at: number, vocabulary: Vocabulary, where: Where): Offers | null {
  const named = /\b(table|rows|value|snippet)\s+["`](\w*)$/.exec(before);
  if (named !== null) return { from: at - named[2]!.length, options: names(named[1]!, vocabulary) };
  if (insideQuotes(before)) return null;
  const path = /(?:^|[^\w)"`])\.((?:\w+\.)*)(\w*)$/.exec(before);
  if (path !== null) return { from: at - path[2]!.length, options: afterDot(path[1]!, vocabulary) };
  const word = /\w*$/.exec(before)![0];
  const callable: Offer[] = functions[where].map((name) => ({ label: name, type: "function", boost: ["table", "snippet", "rows", "value"].includes(name) ? 3 : 0 }));
  const keywords: Offer[] = words.map((name) => ({ label: name, type: "keyword" }));
  const fields = offersOf(vocabulary).map((offer): Offer => ({ ...offer, label: `.${offer.label}`, boost: 5 }));
  return { from: at - word.length, options: [...(word === "" ? fields : []), ...callable, ...keywords] };
}

function insideQuotes(before: string): boolean {
  return (before.replace(/\\./g, "").match(/["`]/g) ?? []).length % 2 === 1;
}

function names(taker: string, vocabulary: Vocabulary): Offer[] {
  if (taker === "snippet") return (vocabulary.snippets ?? []).map(({ name, detail }) => ({ label: name, type: "snippet", info: detail }));
  return (vocabulary.cells ?? []).map(({ name }) => ({ label: name, type: "cell" }));
}

function offersOf({ fields = [] }: Vocabulary): Offer[] {
  return fields.map(({ name, label }) => ({ label: name, type: "field", detail: label }));
}

function afterDot(path: string, vocabulary: Vocabulary): Offer[] {
  const [first] = path.split(".");
  if (first === "") return [...offersOf(vocabulary), ...["label", "user", "run", "report"].map((name): Offer => ({ label: name, type: "field", boost: -1 }))];
  if (first === "label") return offersOf(vocabulary);
  const inside = members[first!] ?? (vocabulary.fields?.find(({ name }) => name === first)?.kind === "daterange" ? ["from", "to"] : []);
  return inside.map((label) => ({ label, type: "field" }));
}
