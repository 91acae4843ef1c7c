import { type Column, type Rows, readRows, type RowOrder, rowsKey } from "../../api/runs";
import { kindOf } from "./kinds";
import { inOrder } from "./order";

/** Rows that can be read piece by piece, in any column's order. */
export interface RowsSource {
  /** Tells the source from others; what was read is kept under it. */
  key: readonly unknown[];
  columns: Column[];
  /** How many rows can be read. */
  total: number;
  /** The result has more rows than can be read. */
  cut: boolean;
  read(offset: number, limit: number, order?: RowOrder, signal?: AbortSignal): Promise<Rows>;
}

/** The kept rows of a cell of a run. `first` are the first of them, which were read before; the server sorts. */
export function keptRows(run: string, cell: string, first: Rows): RowsSource {
  const whole = first.offset === 0 && first.rows.length >= first.total;
  return {
    key: rowsKey(run, cell),
    columns: first.columns,
    total: first.total,
    cut: first.cut,
    read: async (offset, limit, order, signal) => {
      const known = order === undefined && first.offset === 0 && (whole || offset + limit <= first.rows.length);
      return known ? piece(first, first.rows, offset, limit) : readRows(run, cell, offset, limit, order, signal);
    },
  };
}

const numbers = new WeakMap<Rows, number>();
let given = 0;

/** Rows that are all here, such as those of a trial; they are sorted here. */
export function fixedRows(rows: Rows): RowsSource {
  const number = numbers.get(rows) ?? ++given;
  numbers.set(rows, number);
  const sorted = new Map<string, Rows["rows"]>();
  const sortedBy = (order: RowOrder) => {
    const name = `${order.column} ${order.descending}`;
    const known = sorted.get(name) ?? inOrder(rows.rows, order, kindOf(rows.columns[order.column]?.type ?? "String"));
    sorted.set(name, known);
    return known;
  };
  return {
    key: ["rows", "fixed", number],
    columns: rows.columns,
    total: rows.rows.length,
    cut: rows.cut || rows.rows.length < rows.total,
    read: async (offset, limit, order) => piece(rows, order === undefined ? rows.rows : sortedBy(order), offset, limit),
  };
}

function piece(all: Rows, rows: Rows["rows"], offset: number, limit: number): Rows {
  return { ...all, rows: rows.slice(offset, offset + limit), offset };
}
