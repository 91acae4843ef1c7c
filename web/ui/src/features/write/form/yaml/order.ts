/** The order in which keys are written, for those that are not there yet. */
const orders: string[][] = [
  ["title", "description", "tags", "source", "timezone", "form", "exports", "audience", "monitor", "schedule", "notify"],
  ["name", "label", "help", "type", "kind", "of", "required", "default", "show_if", "min", "max", "pattern", "max_items", "options"],
  ["value", "label", "sql"],
  ["cells", "format", "filename", "template", "bom", "separator", "formula_guard"],
  ["type", "cell", "x", "y", "series", "stacked", "title"],
  ["from", "to"],
];

/** Behind which of the keys a new one belongs: -1 before all of them. */
export function placeOf(key: string, keys: string[]): number {
  const order = orders.filter((one) => one.includes(key)).sort((a, b) => shared(b, keys) - shared(a, keys))[0];
  if (order === undefined) return keys.length - 1;
  const rank = order.indexOf(key);
  let place = -1;
  keys.forEach((other, at) => {
    const its = order.indexOf(other);
    if (its >= 0 && its < rank) place = at;
  });
  return place;
}

const shared = (order: string[], keys: string[]) => keys.filter((key) => order.includes(key)).length;
