import { isMap, parseDocument as parseYaml } from "yaml";

import type { DocumentModel } from "../document";

/** The few settings the page itself shows; what is half-written has none. */
export interface Settings {
  title: string;
  source: string;
}

export function settingsOf(model: DocumentModel): Settings {
  if (model.front === undefined) return { title: "", source: "" };
  const settings = parseYaml(model.text.slice(model.front.from, model.front.to), { logLevel: "silent" }).contents;
  const text = (key: string) => {
    const value: unknown = isMap(settings) ? settings.get(key) : undefined;
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  return { title: text("title"), source: text("source") };
}
