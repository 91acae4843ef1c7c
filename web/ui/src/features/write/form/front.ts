import { difference, type Cell, type DocumentModel, type Edit, parseDocument } from "../document";
import { operate } from "./yaml/edit";
import type { Operation } from "./yaml/expected";
import { openPart, type Part } from "./yaml/part";

/** The front matter of a document; where there is none, an empty part. */
export function frontOf(model: DocumentModel): Part {
  return openPart(model.text, model.front ?? { from: 0, to: 0 }, model.newline);
}

/** The edits of changes to the front matter, one after another. Undefined when it is written in a way that only a person can change. */
export function changeFront(text: string, operations: Operation[]): Edit[] | undefined {
  const after = operations.reduce<string | undefined>((now, operation) => (now === undefined ? undefined : once(now, operation)), withFront(text));
  return after === undefined ? undefined : difference(text, after);
}

function withFront(text: string): string {
  const model = parseDocument(text);
  if (model.front !== undefined) return text;
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  return `${text.slice(0, start)}---${model.newline}---${model.newline}${text.slice(start)}`;
}

function once(text: string, operation: Operation): string | undefined {
  const part = frontOf(parseDocument(text));
  const yaml = operate(part, operation);
  return yaml === undefined ? undefined : text.slice(0, part.from) + yaml + text.slice(part.to);
}

/** The edits of changes to the YAML of a cell, such as a chart's. */
export function changeCell(model: DocumentModel, cell: Cell, operations: Operation[]): Edit[] | undefined {
  let part = openPart(model.text, cell.body, model.newline);
  for (const operation of operations) {
    const yaml = operate(part, operation);
    if (yaml === undefined) return undefined;
    part = openPart(yaml, { from: 0, to: yaml.length }, model.newline);
  }
  const after = model.text.slice(0, cell.body.from) + part.yaml + model.text.slice(cell.body.to);
  return difference(model.text, after);
}
