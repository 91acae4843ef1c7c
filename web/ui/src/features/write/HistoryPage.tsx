import { Button, Grid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconEdit, IconFileText } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";

import { type Revision, revisionsQuery } from "../../api/documents";
import { hasCode } from "../../api/query";
import { type Report, reportQuery } from "../../api/reports";
import { Failure } from "../../components/Failure";
import { NotFound } from "../../components/NotFound";
import { Nothing } from "../../components/Nothing";
import { Page } from "../../components/Page";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";
import { compared, numberIn } from "./history/compared";
import { Comparison } from "./history/Comparison";
import { SaveList } from "./history/SaveList";

/** Every save of a report, and what changed between two of them. */
export default function HistoryPage() {
  const { slug = "" } = useParams();
  const report = useQuery(reportQuery(slug));
  const revisions = useQuery(revisionsQuery(slug));
  const error = report.error ?? revisions.error;
  if (error !== null && hasCode(error, "not_found")) return <NotFound />;
  if (error !== null) return <Failure page error={error} retry={() => void Promise.all([report.refetch(), revisions.refetch()])} />;
  if (report.data === undefined || revisions.data === undefined) return <Waiting page />;
  return <History report={report.data} revisions={revisions.data} />;
}

function History({ report, revisions }: { report: Report; revisions: Revision[] }) {
  const { t } = useTranslation("write");
  const [search, setSearch] = useSearchParams();
  const [chosen, setChosen] = useState({ from: numberIn(search.get("from")), to: numberIn(search.get("to")) });
  const pair = compared(revisions, chosen);
  const choose = (one: number, other: number) => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    setChosen({ from, to }); // at once; the address follows when the page has time
    setSearch({ from: String(from), to: String(to) }, { replace: true });
  };
  return (
    <Page title={t("history.title", { title: report.title })} about={t("history.about")} actions={<Actions report={report} />}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 4, xl: 3 }}>
          <SaveList report={report} revisions={revisions} pair={pair} onChoose={choose} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8, xl: 9 }}>
          {pair === undefined
            ? <Nothing title={t("history.one")} text={t("history.oneText")} />
            : <Comparison slug={report.slug} from={pair.from} to={pair.to} />}
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Actions({ report }: { report: Report }) {
  const { t } = useTranslation("write");
  return (
    <>
      <Button component={Link} to={paths.report(report.slug)} variant="default" leftSection={<IconFileText size={16} aria-hidden />}>{t("history.report")}</Button>
      {report.level === "edit" && (
        <Button component={Link} to={paths.write(report.slug)} variant="default" leftSection={<IconEdit size={16} aria-hidden />}>{t("history.write")}</Button>
      )}
    </>
  );
}
