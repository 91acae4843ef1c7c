import { useQuery } from "@tanstack/react-query";
import { useParams, useSearchParams } from "react-router";

import { reportQuery } from "../../api/reports";
import { Page } from "../../components/Page";
import { Filled } from "./Filled";
import { NoReport } from "./NoReport";
import { ReportActions } from "./ReportActions";
import { ReportAbout } from "./ReportAbout";

/** A report to fill in and run. The report and its form are asked for at the same time. */
export default function ReportPage() {
  const { slug = "" } = useParams();
  const [search] = useSearchParams();
  const report = useQuery(reportQuery(slug));
  if (report.isError && report.data === undefined) return <NoReport error={report.error} retry={() => void report.refetch()} />;
  if (report.data !== undefined && report.data.deleted !== null) return <NoReport report={report.data} />;
  return (
    <Page
      title={report.data?.title ?? "\u00a0"}
      width="form"
      about={report.data && <ReportAbout report={report.data} />}
      actions={report.data && <ReportActions report={report.data} />}
    >
      <Filled key={slug} slug={slug} run={search.get("run") ?? undefined} report={report.data} />
    </Page>
  );
}
