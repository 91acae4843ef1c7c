import { Alert, Stack, Text, Title } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { TrialCell, TrialResult } from "../../../api/trial";
import { ResultSections } from "../../../parts/results/ResultSections";
import { ResultTable } from "../../../parts/results/ResultTable";
import { fixedRows } from "../../../parts/results/rows";
import { sections } from "../../../parts/results/sections";

/** What a run shows to those who may only run, below the form it was made with: the report's results, or an error in words. */
export function MemberResult({ result }: { result: TrialResult }) {
  const { t } = useTranslation("write");
  const shown = useMemo(() => sections({ ...result, tables: result.cells }, true), [result]);
  if (result.fields.length > 0) return null;
  if (result.problems.length > 0) return <Alert color="orange" title={t("member.broken")}>{t("member.brokenText")}</Alert>;
  if (result.status !== "succeeded") {
    return <Alert color="red" role="alert" title={t("member.failed")}><Text size="sm" style={{ whiteSpace: "pre-wrap" }}>{result.error}</Text></Alert>;
  }
  return (
    <Stack gap="lg" component="section" aria-label={t("member.results")}>
      <Title order={2} size="h3">{t("member.results")}</Title>
      {result.notes.length > 0 && <Alert color="gray">{result.notes.map((note) => <Text size="sm" key={note}>{note}</Text>)}</Alert>}
      <ResultSections sections={shown} table={(cell, { height }) => <Rows cell={cell} height={height} />} />
    </Stack>
  );
}

function Rows({ cell, height }: { cell: TrialCell; height: string }) {
  const source = useMemo(() => fixedRows(cell.result), [cell.result]);
  return <ResultTable source={source} label={cell.name} height={height} />;
}
