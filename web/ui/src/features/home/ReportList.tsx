import { Button, Center } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { Report } from "../../api/reports";
import type { Act } from "./acts";
import classes from "./Home.module.css";
import { ReportRow } from "./ReportRow";

interface ReportListProps {
  label: string;
  reports: Report[];
  withFolder?: boolean;
  old: boolean;
  more: boolean;
  loading: boolean;
  onMore: () => void;
  onAct?: (act: Act) => void;
}

/** Reports as rows. More of them come when the end is near. */
export function ReportList({ label, reports, withFolder = false, old, more, loading, onMore, onAct }: ReportListProps) {
  return (
    <>
      <ul className={classes.rows} aria-label={label} data-old={old || undefined}>
        {reports.map((report) => (
          <ReportRow key={report.id} report={report} withFolder={withFolder} onAct={onAct} />
        ))}
      </ul>
      {more && <More loading={loading} onMore={onMore} />}
    </>
  );
}

export function More({ loading, onMore }: { loading: boolean; onMore: () => void }) {
  const { t } = useTranslation("home");
  const { ref, entry } = useIntersection({ rootMargin: "400px" });
  const near = entry?.isIntersecting === true;
  useEffect(() => {
    if (near && !loading) onMore();
  }, [near, loading, onMore]);
  return (
    <Center ref={ref} py="md">
      <Button variant="default" size="sm" loading={loading} onClick={onMore}>
        {t("more")}
      </Button>
    </Center>
  );
}
