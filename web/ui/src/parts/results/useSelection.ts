import { useEffect, useRef, useState } from "react";

import { type Place, rectangle, type Selection } from "./grid";

export interface Chosen {
  selection: Selection;
  active: Place;
  /** Whether a value is part of the selection. */
  has: (row: number, column: number) => boolean;
  /** Goes to a place; extending keeps where the selection began. */
  go: (to: Place, extend: boolean) => void;
  /** Selects all between two places. */
  select: (selection: Selection) => void;
  selectRow: (row: number, columns: number) => void;
  /** For a pointer that is pressed on a value and moved over others. */
  press: (to: Place, extend: boolean) => void;
  over: (to: Place) => void;
}

const start: Selection = { from: { row: 0, column: 0 }, to: { row: 0, column: 0 } };

/** What is selected in a table; it begins with the first value. */
export function useSelection(): Chosen {
  const [selection, select] = useState(start);
  const dragging = useRef(false);
  useEffect(() => {
    const drop = () => {
      dragging.current = false;
    };
    window.addEventListener("pointerup", drop);
    return () => window.removeEventListener("pointerup", drop);
  }, []);
  const go = (to: Place, extend: boolean) => select((now) => (extend && to.row >= 0 && now.from.row >= 0 ? { from: now.from, to } : { from: to, to }));
  const { top, bottom, left, right } = rectangle(selection);
  return {
    selection,
    active: selection.to,
    has: (row, column) => row >= top && row <= bottom && column >= left && column <= right,
    go,
    select,
    selectRow: (row, columns) => select({ from: { row, column: columns - 1 }, to: { row, column: 0 } }),
    press: (to, extend) => {
      dragging.current = true;
      go(to, extend);
    },
    over: (to) => {
      if (dragging.current) go(to, true);
    },
  };
}
