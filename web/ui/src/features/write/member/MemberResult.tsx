import { Alert, SimpleGrid, Stack, Tabs, Text, Title } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { TrialCell, TrialResult } from "../../../api/trial";
import { Prose } from "../../../components/Prose";
import { ResultChart } from "../../../parts/results/ResultChart";
import { ResultTable } from "../../../parts/results/ResultTable";
import { fixedRows } from "../../../parts/results/rows";

/** What a run shows to those who may only run: prose, charts and rows, and an error in words. */
export function MemberResult({ result }: { result: TrialResult }) {
  const { t } = useTranslation("write");
  if (result.fields.length > 0) return null;
  if (result.problems.length > 0) return <Alert color="orange" title={t("member.broken")}>{t("member.brokenText")}</Alert>;
  if (result.status !== "succeeded") {
    return <Alert color="red" role="alert" title={t("member.failed")}><Text size="sm" style={{ whiteSpace: "pre-wrap" }}>{result.error}</Text></Alert>;
  }
  const cells = result.cells.filter((cell) => cell.result.columns.length > 0);
  return (
    <Stack gap="lg" component="section" aria-label={t("member.results")}>
      {result.notes.length > 0 && <Alert color="gray">{result.notes.map((note) => <Text size="sm" key={note}>{note}</Text>)}</Alert>}
      {result.text !== "" && <Prose text={result.text} />}
      {result.charts.length > 0 && (
        <SimpleGrid cols={{ base: 1, lg: result.charts.length > 1 ? 2 : 1 }} spacing="lg">
          {result.charts.map((chart) => <ResultChart key={chart.name} chart={chart} />)}
        </SimpleGrid>
      )}
      {cells.length > 0 && <Tables cells={cells} />}
    </Stack>
  );
}

function Tables({ cells }: { cells: TrialCell[] }) {
  const { t } = useTranslation("write");
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">{t("member.results")}</Title>
      {cells.length === 1 ? <Rows cell={cells[0]!} /> : (
        <Tabs defaultValue={cells[0]!.name} keepMounted={false}>
          <Tabs.List mb="sm">
            {cells.map(({ name }) => <Tabs.Tab key={name} value={name}>{name}</Tabs.Tab>)}
          </Tabs.List>
          {cells.map((cell) => <Tabs.Panel key={cell.name} value={cell.name}><Rows cell={cell} /></Tabs.Panel>)}
        </Tabs>
      )}
    </Stack>
  );
}

function Rows({ cell }: { cell: TrialCell }) {
  const source = useMemo(() => fixedRows(cell.result), [cell.result]);
  return <ResultTable source={source} label={cell.name} />;
}
