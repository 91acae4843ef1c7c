import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo, useState } from "react";

import type { Cell } from "../../api/runs";
import type { RowsSource } from "./rows";
import { guessWidths } from "./widths";

const usual = 100;

/** The columns that can be seen, with their widths: a guess from the first rows, until somebody changes it. */
export function useColumns(source: RowsSource, scroll: RefObject<HTMLDivElement | null>, gutter: number, firstRows: () => Cell[][]) {
  const [changed, setChanged] = useState<Record<number, number>>({});
  const first = firstRows();
  const known = first.length > 0;
  const name = source.key.join("\u0000");
  // Once, with the first rows that come: widths that change while one scrolls or sorts would make the table jump.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const guessed = useMemo(() => guessWidths(source.columns, first), [name, known]);
  // The virtualizer's answers change while it stays the same, so nothing here is memoised by it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const columns = useVirtualizer({
    horizontal: true, count: source.columns.length, getScrollElement: () => scroll.current, overscan: 3, paddingStart: gutter, scrollPaddingStart: gutter,
    estimateSize: (column) => changed[column] ?? guessed[column] ?? usual,
  });
  useEffect(() => columns.measure(), [columns, changed, guessed]);
  const room = () => (scroll.current?.clientWidth ?? 0) - gutter;
  return {
    shown: columns.getVirtualItems(),
    width: columns.getTotalSize(),
    /** Brings a column into view; of one that is wider than the view, its beginning. */
    reveal: (column: number) =>
      columns.scrollToIndex(column, { align: (changed[column] ?? guessed[column] ?? usual) > room() ? "start" : "auto" }),
    /** Without a width, the guess holds again. */
    resize: (column: number, width: number | undefined) =>
      setChanged(({ [column]: _, ...others }) => (width === undefined ? others : { ...others, [column]: width })),
  };
}
