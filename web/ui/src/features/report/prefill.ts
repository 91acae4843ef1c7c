import type { Values } from "../../parts/form/values";

/** Parameters of the page's address that are no values. */
const ours = new Set(["run"]);

/**
 * Values that an address brings along, so that others can lead to a form that is half filled in:
 * `/r/cards?partner=7&period.from=today-7d&period.to=today&columns=card&columns=barcode`. A name that is repeated gives several values,
 * a name with a dot a part of one. What the form does not have is left out by the form.
 */
export function prefilled(search: URLSearchParams): Values {
  const values: Values = {};
  for (const name of new Set(search.keys())) {
    if (ours.has(name)) continue;
    const all = search.getAll(name);
    const given = all.length > 1 ? all : all[0];
    const dot = name.lastIndexOf(".");
    if (dot < 0) {
      values[name] = given;
      continue;
    }
    const [whole, part] = [name.slice(0, dot), name.slice(dot + 1)];
    const parts = typeof values[whole] === "object" && !Array.isArray(values[whole]) ? (values[whole] as Values) : {};
    values[whole] = { ...parts, [part]: given };
  }
  return values;
}
