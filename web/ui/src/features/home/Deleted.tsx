import { Button, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Report, reportsQuery, useUndeleteReport } from "../../api/reports";
import { Failure, useSentence } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { Waiting } from "../../components/Waiting";
import { useFormat } from "../../i18n/format";
import classes from "./Home.module.css";
import { More } from "./ReportList";

/** Deleted reports that the person may bring back. */
export default function Deleted() {
  const { t } = useTranslation("home");
  const deleted = useInfiniteQuery(reportsQuery({ deleted: true }));
  if (deleted.isPending) return <Waiting />;
  if (deleted.isError) return <Failure error={deleted.error} retry={() => void deleted.refetch()} />;
  const reports = deleted.data.pages.flatMap((page) => page.items).filter((report) => report.deleted !== null);
  if (reports.length === 0) return <Nothing title={t("noneDeleted")} text={t("noneDeletedText")} />;
  return (
    <>
      <ul className={classes.rows} aria-label={t("deleted")}>
        {reports.map((report) => (
          <DeletedRow key={report.id} report={report} />
        ))}
      </ul>
      {deleted.hasNextPage && <More loading={deleted.isFetchingNextPage} onMore={() => void deleted.fetchNextPage()} />}
    </>
  );
}

function DeletedRow({ report }: { report: Report }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  const undelete = useUndeleteReport();
  const sentence = useSentence();
  return (
    <li className={classes.row} style={{ alignItems: "center", flexWrap: "wrap" }}>
      <div style={{ flex: "1 1 240px", minWidth: 0 }}>
        <Text fw={600}>{report.title}</Text>
        <Text size="sm" c="dimmed">
          {t("deletedBy", { who: report.deleted_by_name, when: format.moment(report.deleted!) })}
        </Text>
        {undelete.isError && (
          <Text size="sm" c="red" role="alert">
            {sentence(undelete.error)}
          </Text>
        )}
      </div>
      <Button variant="default" size="xs" leftSection={<IconArrowBackUp size={16} aria-hidden />} loading={undelete.isPending}
        aria-label={t("undeleteTitle", { title: report.title })} onClick={() => undelete.mutate(report.id)}>
        {t("undelete")}
      </Button>
    </li>
  );
}
