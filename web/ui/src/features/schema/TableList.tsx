import { Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { IconBook2, IconEye, IconTable } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { SchemaTable } from "../../api/schema-browser";
import { useFormat } from "../../i18n/format";
import { paths } from "../../paths";
import type { Line } from "./find";
import classes from "./Schema.module.css";

const icons = { table: IconTable, view: IconEye, dictionary: IconBook2 };
const height = (line: Line | undefined) => (line?.kind === "table" ? (line.columns.length > 0 ? 52 : 36) : 32);

interface TableListProps {
  lines: Line[];
  source: string;
  chosen: SchemaTable | undefined;
}

/** Tables by database; of thousands only those in sight are made. */
export function TableList({ lines, source, chosen }: TableListProps) {
  const { t } = useTranslation("schema");
  const scroller = useRef<HTMLDivElement>(null);
  const first = chosen === undefined ? 0 : Math.max(0, lines.findIndex((line) => line.kind === "table" && line.table === chosen) - 3);
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => height(lines[at]),
    getItemKey: (at) => keyOf(lines[at]!),
    overscan: 12,
    initialOffset: () => lines.slice(0, first).reduce((sum, line) => sum + height(line), 0),
  });
  return (
    <nav aria-label={t("tablesOf", { source })} className={classes.list} ref={scroller}>
      <div style={{ height: rows.getTotalSize(), position: "relative" }}>
        {rows.getVirtualItems().map((row) => {
          const line = lines[row.index]!;
          return (
            <div key={row.key} className={classes.line} style={{ height: row.size, transform: `translateY(${row.start}px)` }}>
              {line.kind === "database" ? <Database name={line.name} count={line.count} /> : (
                <Table table={line.table} columns={line.columns} source={source} current={line.table === chosen} />
              )}
            </div>
          );
        })}
      </div>
    </nav>
  );
}

const keyOf = (line: Line) => (line.kind === "database" ? line.name : `${line.table.database}\u0000${line.table.name} ${line.columns.length > 0}`);

function Database({ name, count }: { name: string; count: number }) {
  const format = useFormat();
  return (
    <div className={classes.database}>
      <span className={classes.cut}>{name}</span>
      <span className="numbers">{format.number(count)}</span>
    </div>
  );
}

function Table({ table, columns, source, current }: { table: SchemaTable; columns: string[]; source: string; current: boolean }) {
  const { t } = useTranslation("schema");
  const Icon = icons[table.kind];
  return (
    <Link to={paths.schema({ source, database: table.database, table: table.name })} className={classes.table} style={{ height: "100%" }}
      aria-current={current ? "page" : undefined} title={table.comment === "" ? table.name : table.comment}>
      <span className={classes.name}>
        <Icon size={16} role="img" aria-label={t(`kinds.${table.kind}`)} style={{ flex: "none" }} />
        <span className={classes.cut}>{table.name}</span>
      </span>
      {columns.length > 0 && (
        <Text span size="xs" c="dimmed" className={classes.cut} pl={24}>
          {columns.join(", ")}
        </Text>
      )}
    </Link>
  );
}
