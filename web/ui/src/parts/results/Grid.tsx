import { VisuallyHidden } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { RowOrder } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { useFormat } from "../../i18n/format";
import { type Extent, moved, type Place, rectangle, type Rectangle } from "./grid";
import classes from "./Grid.module.css";
import { GridCell } from "./GridCell";
import { Head } from "./GridHeader";
import { kindOf } from "./kinds";
import type { RowsSource } from "./rows";
import { usePages } from "./usePages";
import { useSelection } from "./useSelection";
import { guessWidths } from "./widths";
import { ValuePopover } from "./ValuePopover";

const rowHeight = 30;
const headHeight = 34;

interface GridProps {
  source: RowsSource;
  label: string;
  height: number | string;
  order: RowOrder | undefined;
  onSort: (column: number) => void;
  onCopy: (what: Rectangle) => void;
}

/** A table of any length and width, of which only what can be seen is in the document. The whole is one stop of the Tab key. */
export function Grid({ source, label, height, order, onSort, onCopy }: GridProps) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const chosen = useSelection();
  const [opened, setOpened] = useState(false);
  const [changed, setChanged] = useState<Record<number, number>>({});
  const gutter = 26 + 8 * String(source.total).length;
  // Nothing here is memoised by the virtualizers, whose answers change while they stay the same.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({ count: source.total, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 12, paddingStart: headHeight, scrollPaddingStart: headHeight });
  const seen = rows.getVirtualItems();
  const pages = usePages(source, order, seen[0]?.index ?? 0, seen.at(-1)?.index ?? 40);
  const some = pages.row(0) !== undefined;
  const guessed = useMemo(
    () => guessWidths(source.columns, some ? Array.from({ length: 60 }, (_, at) => pages.row(at) ?? []).filter((row) => row.length > 0) : []),
    // Once, with the first rows: widths that change while one scrolls would make the table jump.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [source.key.join("\u0000"), some && order === undefined],
  );
  const widthOf = (column: number) => changed[column] ?? guessed[column] ?? 100;
  const columns = useVirtualizer({
    horizontal: true, count: source.columns.length, getScrollElement: () => scroll.current, estimateSize: widthOf, overscan: 3, paddingStart: gutter,
    scrollPaddingStart: gutter,
  });
  useEffect(() => columns.measure(), [columns, changed, guessed]);
  useEffect(() => rows.scrollToOffset(0), [rows, order]);

  const { active } = chosen;
  const idOf = ({ row, column }: Place) => `${id}-${row < 0 ? "h" : row}-${column}`;
  const go = (to: Place, extend: boolean) => {
    chosen.go(to, extend);
    setOpened(false);
    if (to.row >= 0) rows.scrollToIndex(to.row);
    columns.scrollToIndex(to.column);
  };
  const extent: Extent = { rows: source.total, columns: source.columns.length, page: Math.max(1, Math.floor((scroll.current?.clientHeight ?? 300) / rowHeight) - 2) };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroll.current || event.altKey) return;
    const jump = event.ctrlKey || event.metaKey;
    const to = moved(active, event.key, jump, extent);
    if (to !== undefined) go(to, event.shiftKey);
    else if (jump && event.code === "KeyC") onCopy(rectangle(chosen.selection));
    else if (jump && event.code === "KeyA") chosen.select({ from: { row: 0, column: 0 }, to: { row: source.total - 1, column: extent.columns - 1 } });
    else if (event.key === " " && event.shiftKey) selectRow(active.row);
    else if (event.key === "Enter" && active.row < 0) onSort(active.column);
    else if (event.key === "Enter") setOpened(true);
    else if (event.key === "Escape" && opened) setOpened(false);
    else return;
    event.preventDefault();
  };
  const selectRow = (row: number) => chosen.select({ from: { row, column: extent.columns - 1 }, to: { row, column: 0 } });
  const placeOf = (event: PointerEvent | React.MouseEvent): Place | undefined => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
    return cell === null ? undefined : { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
  };
  const onPointerDown = (event: PointerEvent) => {
    const to = placeOf(event);
    if (to === undefined || event.button !== 0) return;
    const again = event.pointerType === "touch" && to.row === active.row && to.column === active.column;
    setOpened(again);
    if (to.column < 0) selectRow(to.row);
    else if (event.pointerType === "mouse") chosen.press(to, event.shiftKey);
    else chosen.go(to, false);
  };
  const wide = columns.getTotalSize();
  const shown = columns.getVirtualItems();
  const there = shown.some(({ index }) => index === active.column) && (active.row < 0 || seen.some(({ index }) => index === active.row));
  return (
    <>
    <div ref={scroll} className={classes.scroll} style={{ maxHeight: height }} role="grid" aria-label={label} tabIndex={0}
      aria-rowcount={source.total + 1} aria-colcount={source.columns.length + 1} aria-multiselectable aria-activedescendant={there ? idOf(active) : undefined}
      onKeyDown={onKeyDown} onPointerDown={onPointerDown}
      onPointerOver={(event) => { const to = placeOf(event); if (to !== undefined && to.column >= 0) chosen.over(to); }}
      onDoubleClick={(event) => { if (placeOf(event) !== undefined) setOpened(true); }}>
      <div className={classes.header} role="row" aria-rowindex={1} style={{ width: wide }}>
        <div className={classes.number} role="columnheader" aria-colindex={1} style={{ width: gutter }}>
          <VisuallyHidden>{t("table.number")}</VisuallyHidden>
        </div>
        {shown.map(({ index, start, size }) => (
          <Head key={index} id={idOf({ row: -1, column: index })} column={source.columns[index]!} at={index} left={start} width={size} order={order}
            active={active.row < 0 && active.column === index} onSort={() => { chosen.go({ row: -1, column: index }, false); onSort(index); }}
            onWidth={(width) => setChanged(({ [index]: _, ...others }) => (width === undefined ? others : { ...others, [index]: width }))} />
        ))}
      </div>
      <div className={classes.content} role="presentation" style={{ height: rows.getTotalSize() - headHeight, width: wide }}>
        {seen.map(({ index: row, start: top }) => {
          const values = pages.row(row);
          return (
            <div key={row} className={classes.row} role="row" aria-rowindex={row + 2} style={{ transform: `translateY(${top - headHeight}px)`, width: wide }}>
              <div className={classes.number} role="rowheader" aria-colindex={1} data-row={row} data-column={-1} style={{ width: gutter }}>
                {format.number(row + 1)}
              </div>
              {shown.map(({ index: column, start: left, size }) => (
                <GridCell key={column} id={idOf({ row, column })} value={values?.[column]} kind={kindOf(source.columns[column]!.type)} row={row} column={column}
                  left={left} width={size} selected={chosen.has(row, column)} active={active.row === row && active.column === column} />
              ))}
              {opened && active.row === row && values !== undefined && (
                <div style={{ position: "absolute", left: startOf(shown, active.column), width: 1, height: "100%" }} role="presentation">
                  <ValuePopover column={source.columns[active.column]!} value={values[active.column]} onClose={() => { setOpened(false); scroll.current?.focus(); }} />
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
    {pages.error !== undefined && <Failure error={pages.error} retry={pages.retry} />}
    </>
  );
}

function startOf(shown: { index: number; start: number }[], column: number): number {
  return shown.find((item) => item.index === column)?.start ?? 0;
}
