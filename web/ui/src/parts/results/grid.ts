export const rowHeight = 30;
export const headHeight = 34;

/** How high a table with so many rows is that does not scroll, with its border. */
export const fullHeight = (rows: number) => headHeight + rows * rowHeight + 2;

/** A place in the table: row -1 is the header. */
export interface Place {
  row: number;
  column: number;
}

/** What is selected: the rectangle between where it began and the active place. */
export interface Selection {
  from: Place;
  to: Place;
}

export interface Rectangle {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Extent {
  rows: number;
  columns: number;
  /** Rows that fit on the screen. */
  page: number;
}

export function rectangle({ from, to }: Selection): Rectangle {
  return {
    top: Math.min(from.row, to.row), bottom: Math.max(from.row, to.row),
    left: Math.min(from.column, to.column), right: Math.max(from.column, to.column),
  };
}

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** Where a key leads from a place, or undefined for a key that leads nowhere. `jump` is with Ctrl or Cmd. */
export function moved({ row, column }: Place, key: string, jump: boolean, { rows, columns, page }: Extent): Place | undefined {
  const at = (r: number, c: number): Place => ({ row: clamp(r, -1, rows - 1), column: clamp(c, 0, columns - 1) });
  switch (key) {
    case "ArrowUp":
      return jump ? at(Math.min(row, 0), column) : at(row - 1, column);
    case "ArrowDown":
      return jump ? at(rows - 1, column) : at(row + 1, column);
    case "ArrowLeft":
      return at(row, jump ? 0 : column - 1);
    case "ArrowRight":
      return at(row, jump ? columns - 1 : column + 1);
    case "Home":
      return jump ? at(Math.min(0, rows - 1), 0) : at(row, 0);
    case "End":
      return jump ? at(rows - 1, columns - 1) : at(row, columns - 1);
    case "PageUp":
      return at(Math.max(0, row - page), column);
    case "PageDown":
      return at(row + page, column);
  }
  return undefined;
}
