import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";

import { hasCode } from "../../api/query";
import { reportQuery } from "../../api/reports";
import { type Run, runQuery } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { NotFound } from "../../components/NotFound";
import { Page } from "../../components/Page";
import { Waiting } from "../../components/Waiting";
import { useFormat } from "../../i18n/format";
import { RunResults } from "../../parts/results/RunResults";
import { ValuesTable } from "../../parts/results/ValuesTable";
import { paths } from "../../paths";

/** The address of a run leads to its report, which opens with the run's values; where the report is gone, the run stands alone. */
export default function RunPage() {
  const { run: id = "" } = useParams();
  const run = useQuery(runQuery(id));
  if (run.data !== undefined) return <Found run={run.data} />;
  if (run.isPending) return <Waiting page />;
  const none = hasCode(run.error, "not_found") || hasCode(run.error, "invalid");
  return none ? <NotFound /> : <Failure page error={run.error} retry={() => void run.refetch()} />;
}

function Found({ run }: { run: Run }) {
  const report = useQuery({ ...reportQuery(run.report_id), retry: false, retryOnMount: false });
  if (report.isPending) return <Waiting page />;
  if (report.data !== undefined && report.data.deleted === null) return <Navigate replace to={paths.report(report.data.slug, { run: run.id })} />;
  return <Alone run={run} />;
}

function Alone({ run }: { run: Run }) {
  const { t } = useTranslation("runs");
  const { t: results } = useTranslation("results");
  const format = useFormat();
  return (
    <Page title={run.title} about={t("alone", { person: run.person_name, moment: format.moment(run.queued) })}>
      <ValuesTable values={run.values} mb="lg" />
      <Title order={2} size="h3" mb="sm">
        {results("title")}
      </Title>
      <RunResults run={run.id} />
    </Page>
  );
}
