import { createContext, useContext } from "react";

import type { FormField, Values } from "../../../api/forms";
import type { Report } from "../../../api/reports";
import type { Source } from "../../../api/sources";
import type { Placed } from "../check/place";
import type { DocumentStore } from "../document/store";
import type { Trying } from "../run/useTrial";
import type { Handles } from "./Handles";

/** A chart that is being made or changed, of the result of a cell. */
export interface Drawing {
  cell: string;
  chart?: string;
}

/** What the parts of the page share. Nothing in it changes with a key that is pressed. */
export interface Desk {
  store: DocumentStore;
  readOnly: boolean;
  /** The person may check and run what is not saved. */
  tries: boolean;
  report?: Report;
  /** Where the report is, or is to be. */
  folder: string;
  trying: Trying;
  placed: Placed;
  sources: Source[];
  /** The source of cells that name none. */
  source: string;
  fields: FormField[];
  values: Values;
  handles: Handles;
  save: () => void;
  /** Makes a chart by pointing. */
  draw: (drawing: Drawing) => void;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("useDesk is used outside of the page that writes a report.");
  return desk;
}
