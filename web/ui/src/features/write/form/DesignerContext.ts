import { createContext, useContext } from "react";

import type { DocumentModel, Edit } from "../document";
import type { Declared } from "./fields";
import type { Placed } from "./problems";
import type { Use } from "./uses";
import type { Operation } from "./yaml/expected";
import type { Part, Path } from "./yaml/part";

export interface Designer {
  text: string;
  model: DocumentModel;
  part: Part;
  fields: Declared[];
  problems: Placed[];
  uses: Use[];
  readOnly: boolean;
  /** The report that the document is of, once it is saved. */
  report: string | undefined;
  /** Where the report is, or is to be. */
  folder: string;
  /** Changes the front matter. What only the text can change is told. */
  change: (operations: Operation[], label: string) => void;
  edit: (edits: Edit[] | undefined, label: string) => void;
}

export const DesignerContext = createContext<Designer | null>(null);

export function useDesigner(): Designer {
  return useContext(DesignerContext)!;
}

/** What a text input of a key shows: the line break that ends a literal text is not for people. */
export const shownText = (value: string) => value.replace(/\n$/, "");

export const samePath = (a: Path, b: Path) => a.length === b.length && a.every((step, at) => step === b[at]);
