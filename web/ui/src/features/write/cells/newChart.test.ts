import { describe, expect, it } from "vitest";

import { parseDocument } from "../document";
import { chartOf } from "./newChart";

const model = parseDocument("---\n---\n```sql a\n```\n\n```chart c\n```\n\n```sql b\n```\n");
const column = (name: string, type: string) => ({ name, type });

describe("a new chart", () => {
  it("is of the cell before, over its days", () => {
    const columns = () => [column("user_id", "UInt64"), column("day", "Nullable(Date)"), column("orders", "UInt32")];
    expect(chartOf(model, model.blocks.length, columns)).toBe("type: line\ncell: b\nx: day\ny: sum(orders)");
    expect(chartOf(model, 2, columns)).toContain("cell: a");
  });

  it("counts rows where there is nothing to add up, and quotes what YAML would misread", () => {
    expect(chartOf(model, 99, () => [column("y", "String")])).toBe('type: bar\ncell: b\nx: "y"\ny: count()');
    expect(chartOf(model, 99, () => [])).toBe("type: bar\ncell: b\nx: column\ny: count()");
  });
});
