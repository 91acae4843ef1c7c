import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { RowOrder } from "../../api/runs";
import { useSentence } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { useFormat } from "../../i18n/format";
import { copied, mostCopied, readAll, toClipboard } from "./copying";
import { Grid } from "./Grid";
import type { Rectangle } from "./grid";
import type { RowsSource } from "./rows";

interface ResultTableProps {
  source: RowsSource;
  /** What the table is of, for those who cannot see it. */
  label: string;
  /** How high it may grow, in pixels or as CSS has it. */
  height?: number | string;
}

/** Rows to look at: sorted by a press on a column, copied as spreadsheets take them. */
export function ResultTable({ source, label, height = "min(60vh, 560px)" }: ResultTableProps) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const [order, setOrder] = useState<RowOrder>();
  const { copy, busy, told } = useCopying(source, order);
  if (source.columns.length === 0 || source.total === 0) return <Nothing title={t("table.empty")} text={t("table.emptyResult")} />;
  const all = { top: 0, bottom: Math.min(source.total, mostCopied) - 1, left: 0, right: source.columns.length - 1 };
  return (
    <Stack gap="xs">
      <Grid key={source.key.join("\u0000")} source={source} label={label} height={height} order={order}
        onSort={(column) => setOrder((now) => nextOrder(now, column))} onCopy={(what) => copy(what, false)} />
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed" className="numbers">
          {source.cut ? t("table.first", { count: source.total, rows: format.number(source.total) }) : t("table.rows", { count: source.total, rows: format.number(source.total) })}
        </Text>
        <Group gap="xs">
          <Text size="xs" c="dimmed" role="status">
            {told}
          </Text>
          <Button size="compact-sm" variant="default" leftSection={<IconCopy size={14} aria-hidden />} loading={busy} onClick={() => copy(all, true)}>
            {source.total > mostCopied ? t("table.copyFirst", { rows: format.number(mostCopied) }) : t("table.copyAll")}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** Up, down, and back to how the rows came. */
function nextOrder(now: RowOrder | undefined, column: number): RowOrder | undefined {
  if (now?.column !== column) return { column, descending: false };
  return now.descending ? undefined : { column, descending: true };
}

function useCopying(source: RowsSource, order: RowOrder | undefined) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const sentence = useSentence();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState("");
  const read = async ({ top, bottom, left, right }: Rectangle, named: boolean) => {
    const rows = await readAll(source, Math.max(0, top), bottom - Math.max(0, top) + 1, order);
    return copied(rows.map((row) => row.slice(left, right + 1)), named ? source.columns.slice(left, right + 1) : undefined);
  };
  const copy = async (what: Rectangle, named: boolean) => {
    const within = { ...what, bottom: Math.min(what.bottom, Math.max(0, what.top) + mostCopied - 1) };
    const count = within.bottom - Math.max(0, within.top) + 1;
    setBusy(true);
    try {
      await toClipboard(within.bottom < 0 ? Promise.resolve(source.columns[within.left]?.name ?? "") : read(within, named));
      setTold(within.bottom < 0 ? t("table.copiedName") : t("table.copied", { count, rows: format.number(count) }));
    } catch (error) {
      setTold(t("table.notCopied", { why: sentence(error) }));
    } finally {
      setBusy(false);
    }
  };
  return { copy: (what: Rectangle, named: boolean) => void copy(what, named), busy, told };
}
