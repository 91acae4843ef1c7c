import { Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { PointerEvent } from "react";
import { useTranslation } from "react-i18next";

import type { Column, RowOrder } from "../../api/runs";
import classes from "./Grid.module.css";
import { isNumber, kindOf } from "./kinds";
import { narrowest } from "./widths";

interface HeadProps {
  id: string;
  column: Column;
  at: number;
  left: number;
  width: number;
  order: RowOrder | undefined;
  active: boolean;
  onSort: () => void;
  /** `done` once the pointer is let go; undefined asks for the first guess. */
  onWidth: (width: number | undefined) => void;
}

const directions = { true: "descending", false: "ascending" } as const;

/** The name of a column: pressed, it sorts; its right edge makes it wider. */
export function Head({ id, column, at, left, width, order, active, onSort, onWidth }: HeadProps) {
  const { t } = useTranslation("results");
  const kind = kindOf(column.type);
  const sorted = order?.column === at ? order : undefined;
  const Arrow = sorted?.descending ? IconArrowDown : IconArrowUp;
  return (
    <Tooltip label={<>{column.name}<br />{t(`kind.${kind}`)} · {column.type}</>} events={{ hover: true, focus: false, touch: false }}>
      <div id={id} role="columnheader" aria-colindex={at + 2} aria-sort={sorted && directions[`${sorted.descending}`]}
        className={`${classes.head} ${isNumber(kind) ? classes.right : ""}`} data-active={active || undefined} style={{ left, width }} onClick={onSort}>
        <span className={classes.text}>{column.name}</span>
        {sorted && <Arrow size={14} className={classes.sign} aria-hidden />}
        <Grip width={width} onWidth={onWidth} />
      </div>
    </Tooltip>
  );
}

function Grip({ width, onWidth }: { width: number; onWidth: (width: number | undefined) => void }) {
  const begin = (event: PointerEvent<HTMLElement>) => {
    const { currentTarget: grip, clientX, pointerId } = event;
    grip.setPointerCapture(pointerId);
    const move = (now: globalThis.PointerEvent) => onWidth(Math.max(narrowest, width + now.clientX - clientX));
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
  };
  return (
    <span className={classes.grip} aria-hidden onPointerDown={begin} onClick={(event) => event.stopPropagation()} onDoubleClick={() => onWidth(undefined)} />
  );
}
