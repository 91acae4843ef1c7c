import { useTranslation } from "react-i18next";

import type { Cell } from "../../api/runs";
import classes from "./Grid.module.css";
import { isNumber, type Kind, shownText } from "./kinds";

interface CellProps {
  id: string;
  /** undefined while it is being read. */
  value: Cell;
  kind: Kind;
  row: number;
  column: number;
  left: number;
  width: number;
  selected: boolean;
  active: boolean;
}

const mostShown = 400;

export function GridCell({ id, value, kind, row, column, left, width, selected, active }: CellProps) {
  return (
    <div id={id} role="gridcell" aria-colindex={column + 2} aria-selected={selected} data-row={row} data-column={column}
      className={`${classes.cell} ${isNumber(kind) ? classes.right : ""}`} style={{ left, width }}
      data-selected={selected || undefined} data-active={active || undefined}>
      <span className={classes.text}>
        <Value value={value} kind={kind} />
      </span>
    </div>
  );
}

/** A value on one line. One that is missing looks like nothing that could be a text. */
function Value({ value, kind }: { value: Cell; kind: Kind }) {
  const { t } = useTranslation("results");
  if (value === undefined) return <span className={classes.none}>…</span>;
  if (value === null) return <span className={classes.none} role="img" aria-label={t("table.none")} title={t("table.none")}>∅</span>;
  if (kind === "boolean") return <>{value === true ? t("table.true") : t("table.false")}</>;
  return <>{shownText(value, kind).slice(0, mostShown).replace(/\r\n|\r|\n/g, " ↵ ").replaceAll("\t", " ⇥ ")}</>;
}
