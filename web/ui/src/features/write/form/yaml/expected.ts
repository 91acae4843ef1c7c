import { parseDocument } from "yaml";

import { meaning, type Path } from "./part";
import { flowText, type Written } from "./written";

/** A change of YAML by what it means. Paths lead to a key or an item; for insert and move, to the list. */
export type Operation =
  | { do: "set"; path: Path; value: Written }
  | { do: "remove"; path: Path }
  | { do: "insert"; path: Path; at: number; value: Written; /** Not on one line, when no neighbour tells. */ block?: boolean }
  | { do: "move"; path: Path; from: number; to: number };

function meant(value: Written): unknown {
  const doc = parseDocument(flowText(value));
  return meaning(doc.contents, doc);
}

type Tree = Record<string | number, unknown> | unknown[] | null | undefined;

/** What the YAML must mean after an operation. */
export function expected(before: unknown, operation: Operation): unknown {
  const { path } = operation;
  if (operation.do === "remove") {
    return changed(before as Tree, path.slice(0, -1), (parent) => without(parent, path.at(-1)!));
  }
  return changed(before as Tree, path, (node) => {
    if (operation.do === "set") return meant(operation.value);
    const items = Array.isArray(node) ? [...(node as unknown[])] : [];
    if (operation.do === "insert") items.splice(operation.at, 0, meant(operation.value));
    else items.splice(operation.to, 0, ...items.splice(operation.from, 1));
    return items;
  });
}

function without(parent: unknown, key: string | number): unknown {
  if (Array.isArray(parent)) return parent.filter((_, at) => at !== key);
  if (typeof parent !== "object" || parent === null) return parent;
  const { [key]: _, ...others } = parent as Record<string | number, unknown>;
  return others;
}

function changed(node: Tree, path: Path, change: (node: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(node);
  if (Array.isArray(node)) {
    const items = [...(node as unknown[])];
    items[Number(step)] = changed(items[Number(step)] as Tree, rest, change);
    return items;
  }
  if (typeof step === "number") return [changed(undefined, rest, change)];
  return { ...node, [step]: changed(node?.[step] as Tree, rest, change) };
}
