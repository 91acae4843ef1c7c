import type { KeyboardEvent } from "react";

import { type Extent, moved, type Place, rectangle, type Rectangle } from "./grid";
import type { Chosen } from "./useSelection";

interface Acts {
  extent: () => Extent;
  go: (to: Place, extend: boolean) => void;
  onSort: (column: number) => void;
  onCopy: (what: Rectangle) => void;
  /** The value as a whole. */
  open: (opened: boolean) => void;
}

/** What the keys do while the table has the focus. */
export function useKeys(chosen: Chosen, { extent: measure, go, onSort, onCopy, open }: Acts): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const { active, selection } = chosen;
    const extent = measure();
    const jump = event.ctrlKey || event.metaKey;
    const to = moved(active, event.key, jump, extent);
    if (to !== undefined) go(to, event.shiftKey);
    else if (jump && event.code === "KeyC") onCopy(rectangle(selection));
    else if (jump && event.code === "KeyA") chosen.select({ from: { row: 0, column: 0 }, to: { row: extent.rows - 1, column: extent.columns - 1 } });
    else if (event.key === " " && event.shiftKey) chosen.selectRow(active.row, extent.columns);
    else if (event.key === "Enter" && active.row < 0) onSort(active.column);
    else if (event.key === "Enter") open(true);
    else return;
    event.preventDefault();
  };
}
