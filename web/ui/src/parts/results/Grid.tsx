import { VisuallyHidden } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type PointerEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { RowOrder } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { useFormat } from "../../i18n/format";
import { headHeight, type Place, type Rectangle, rowHeight } from "./grid";
import classes from "./Grid.module.css";
import { GridCell } from "./GridCell";
import { Head } from "./GridHeader";
import { kindOf } from "./kinds";
import type { RowsSource } from "./rows";
import { useColumns } from "./useColumns";
import { useKeys } from "./useKeys";
import { usePages } from "./usePages";
import { useSelection } from "./useSelection";
import { ValuePopover } from "./ValuePopover";

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
  const [opened, open] = useState<{ left: number; top: number; width: number; height: number }>();
  const gutter = 26 + 8 * String(source.total).length;
  // eslint-disable-next-line react-hooks/incompatible-library -- as in useColumns
  const rows = useVirtualizer({
    count: source.total, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 12, paddingStart: headHeight, scrollPaddingStart: headHeight,
  });
  const seen = rows.getVirtualItems();
  const pages = usePages(source, order, seen[0]?.index ?? 0, seen.at(-1)?.index ?? 40);
  const columns = useColumns(source, scroll, gutter, () => seen.map(({ index }) => pages.row(index)).filter((row) => row !== undefined));
  useEffect(() => rows.scrollToOffset(0), [rows, order]);

  const { active } = chosen;
  const idOf = ({ row, column }: Place) => `${id}-${row < 0 ? "h" : row}-${column}`;
  /** Opens the active value below its place, which is measured within what is around the table. */
  const show = (place: Place) => {
    const cell = document.getElementById(idOf(place))?.getBoundingClientRect();
    const around = scroll.current?.parentElement?.getBoundingClientRect();
    if (cell === undefined || around === undefined) return;
    open({ left: Math.max(0, cell.left - around.left), top: cell.top - around.top, width: cell.width, height: cell.height });
  };
  const go = (to: Place, extend: boolean) => {
    chosen.go(to, extend);
    if (to.row >= 0) rows.scrollToIndex(to.row);
    columns.reveal(to.column);
  };
  const extent = () => ({ rows: source.total, columns: source.columns.length, page: Math.max(1, Math.floor(((scroll.current?.clientHeight ?? 300) - headHeight) / rowHeight) - 1) });
  const onKeyDown = useKeys(chosen, { extent, go, onSort, onCopy, open: () => show(active) });
  const onPointerDown = (event: PointerEvent) => {
    const to = placeOf(event);
    if (to === undefined || event.button !== 0) return;
    const again = event.pointerType === "touch" && to.row === active.row && to.column === active.column;
    if (to.column < 0) chosen.selectRow(to.row, source.columns.length);
    else if (again) show(to);
    else if (event.pointerType === "mouse") chosen.press(to, event.shiftKey);
    else chosen.go(to, false);
  };
  const there = columns.shown.some(({ index }) => index === active.column) && (active.row < 0 || seen.some(({ index }) => index === active.row));
  const value = opened && pages.row(active.row)?.[active.column];
  return (
    <div className={classes.around} data-opened={opened !== undefined || undefined}>
      <div ref={scroll} className={classes.scroll} style={{ maxHeight: height }} role="grid" aria-label={label} tabIndex={0} aria-multiselectable
        aria-rowcount={source.total + 1} aria-colcount={source.columns.length + 1} aria-activedescendant={there ? idOf(active) : undefined}
        onKeyDown={onKeyDown} onPointerDown={onPointerDown}
        onPointerOver={(event) => {
          const to = placeOf(event);
          if (to !== undefined && to.column >= 0) chosen.over(to);
        }}
        onDoubleClick={(event) => {
          const to = placeOf(event);
          if (to !== undefined && to.column >= 0) show(to);
        }}>
        <div className={classes.header} role="row" aria-rowindex={1} style={{ width: columns.width }}>
          <div className={classes.number} role="columnheader" aria-colindex={1} style={{ width: gutter }}>
            <VisuallyHidden>{t("table.number")}</VisuallyHidden>
          </div>
          {columns.shown.map(({ index, start, size }) => (
            <Head key={index} id={idOf({ row: -1, column: index })} column={source.columns[index]!} at={index} left={start} width={size} order={order}
              active={active.row < 0 && active.column === index} onWidth={(width) => columns.resize(index, width)}
              onSort={() => {
                chosen.go({ row: -1, column: index }, false);
                onSort(index);
              }} />
          ))}
        </div>
        <div className={classes.content} role="presentation" style={{ height: rows.getTotalSize() - headHeight, width: columns.width }}>
          {seen.map(({ index: row, start: top }) => (
            <div key={row} className={classes.row} role="row" aria-rowindex={row + 2} style={{ transform: `translateY(${top - headHeight}px)`, width: columns.width }}>
              <div className={classes.number} role="rowheader" aria-colindex={1} data-row={row} data-column={-1} style={{ width: gutter }}>
                {format.number(row + 1)}
              </div>
              {columns.shown.map(({ index: column, start: left, size }) => (
                <GridCell key={column} id={idOf({ row, column })} value={pages.row(row)?.[column]} kind={kindOf(source.columns[column]!.type)} row={row} column={column}
                  left={left} width={size} selected={chosen.has(row, column)} active={active.row === row && active.column === column} />
              ))}
            </div>
          ))}
        </div>
      </div>
      {opened !== undefined && value !== undefined && (
        <ValuePopover column={source.columns[active.column]!} value={value} at={opened} onClose={() => {
          open(undefined);
          scroll.current?.focus();
        }} />
      )}
      {pages.error !== undefined && <Failure error={pages.error} retry={pages.retry} />}
    </div>
  );
}

/** The place that is pointed at. Column -1 is the number of the row. */
function placeOf(event: PointerEvent | MouseEvent): Place | undefined {
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
  return cell === null ? undefined : { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}
