import type { Schemas } from "../../../api/client";
import type { Vocabulary } from "../types";
import { placeAt, tablesOf, wantsTable, type Named } from "./scope";
import { completeTemplate } from "./complete-template";

/** One thing to offer. `boost` brings it up, from -99 to 99. */
export interface Offer {
  label: string;
  type: "column" | "table" | "database" | "function" | "keyword" | "field" | "cell" | "snippet";
  detail?: string;
  info?: string;
  /** What is typed, when it is more than the label. */
  apply?: string;
  boost?: number;
}

export interface Offers {
  from: number;
  options: Offer[];
}

/** What may be written in SQL at a place. Without `asked` nothing is offered before a word has begun. */
export function completeSql(text: string, at: number, vocabulary: Vocabulary, asked: boolean): Offers | null {
  const { place, from } = placeAt(text, at);
  if (place === "template") return completeTemplate(text.slice(from, at), at, vocabulary, "sql");
  if (place !== "code") return null;
  const before = text.slice(0, at);
  const path = /([\w$`"]+\.){0,2}[\w$`"]*$/.exec(before)![0];
  const parts = path.split(".");
  const word = parts.pop()!;
  const start = at - word.length;
  if (parts.length > 0) return { from: start, options: members(text, parts.map(unquoted), vocabulary) };
  if ((word === "" || /\bas\s+\w*$/i.test(before)) && !asked) return null; // behind AS stands a new name
  if (wantsTable(before)) return { from: start, options: tables(vocabulary) };
  return { from: start, options: anything(text, vocabulary) };
}

const unquoted = (word: string) => word.replace(/[`"]/g, "");

/** A name as SQL takes it. */
export function quoted(word: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(word) ? word : `\`${word.replace(/`/g, "\\`")}\``;
}

type Table = Schemas["SchemaTable"];

function columnOffers(table: Table, boost: number): Offer[] {
  return table.columns.map((column) => ({
    label: column.name,
    apply: quoted(column.name),
    type: "column",
    detail: column.type,
    info: [table.name, column.comment].filter((part) => part !== "").join(": "),
    boost,
  }));
}

function tableOf(vocabulary: Vocabulary, named: Named): Table | undefined {
  const database = named.database ?? vocabulary.schema?.database;
  return vocabulary.schema?.tables.find((table) => table.name === named.table && table.database === database);
}

function columnsOf(vocabulary: Vocabulary, named: Named, boost: number): Offer[] {
  if (named.cell) {
    const columns = vocabulary.cells?.find((cell) => cell.name === named.table)?.columns ?? [];
    return columns.map((column) => ({ label: column, apply: quoted(column), type: "column", detail: named.table, boost }));
  }
  const table = tableOf(vocabulary, named);
  return table === undefined ? [] : columnOffers(table, boost);
}

/** What stands behind a dot: columns of an alias or a table, tables of a database. */
function members(text: string, parts: string[], vocabulary: Vocabulary): Offer[] {
  const [first, second] = parts;
  if (second !== undefined) return columnsOf(vocabulary, { database: first, table: second, cell: false }, 10);
  const named = tablesOf(text).filter(({ alias, table }) => (alias ?? table) === first);
  const columns = named.flatMap((one) => columnsOf(vocabulary, one, 10));
  const inside = (vocabulary.schema?.tables ?? []).filter((table) => table.database === first).map((table) => tableOffer(table, table.name));
  return [...columns, ...inside];
}

function tableOffer(table: Table, written: string): Offer {
  const apply = written.split(".").map(quoted).join(".");
  return { label: written, apply, type: "table", detail: table.kind === "table" ? undefined : table.kind, info: table.comment || undefined, boost: 5 };
}

function tables(vocabulary: Vocabulary): Offer[] {
  const schema = vocabulary.schema;
  const known = (schema?.tables ?? []).map((table) =>
    tableOffer(table, table.database === schema?.database ? table.name : `${table.database}.${table.name}`),
  );
  return [...known, ...cellTables(vocabulary), ...snippets(vocabulary)];
}

function cellTables(vocabulary: Vocabulary): Offer[] {
  return (vocabulary.cells ?? []).map(({ name }) => ({ label: name, type: "cell", detail: "{{ table }}", apply: `{{ table "${name}" }}`, boost: 6 }));
}

function snippets(vocabulary: Vocabulary): Offer[] {
  return (vocabulary.snippets ?? []).map(({ name, detail }) => ({
    label: name,
    type: "snippet",
    detail: "{{ snippet }}",
    info: detail,
    apply: `{{ snippet "${name}" }}`,
    boost: -5,
  }));
}

function anything(text: string, vocabulary: Vocabulary): Offer[] {
  const named = tablesOf(text);
  const aliases: Offer[] = named.flatMap(({ alias, table }) => (alias === undefined ? [] : [{ label: alias, type: "table", detail: table, boost: 7 }]));
  return [...named.flatMap((one) => columnsOf(vocabulary, one, 10)), ...aliases, ...functions(vocabulary), ...snippets(vocabulary), ...fields(vocabulary)];
}

const offered = new WeakMap<object, Offer[]>();

function functions({ functions: known = [] }: Vocabulary): Offer[] {
  let offers = offered.get(known);
  if (offers === undefined) {
    offers = known.map(({ name, syntax, description, aggregate }) => ({
      label: name,
      type: "function",
      detail: syntax === "" ? undefined : syntax.split("\n")[0],
      info: description || undefined,
      apply: `${name}(`,
      boost: aggregate ? 1 : 0,
    }));
    offered.set(known, offers);
  }
  return offers;
}

function fields({ fields: known = [] }: Vocabulary): Offer[] {
  return known.map(({ name, label }) => ({ label: name, type: "field", detail: `{{ .${name} }}`, info: label, apply: `{{ .${name} }}`, boost: 2 }));
}
