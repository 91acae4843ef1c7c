import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconHistory, IconPencil, IconShare, IconStar, IconStarFilled } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type Report, useFavourite } from "../../api/reports";
import { paths } from "../../paths";
import { ReportMenu } from "./ReportMenu";

const ShareDialog = lazy(() => import("../../parts/sharing/ShareDialog").then(({ ShareDialog }) => ({ default: ShareDialog })));

/** What can be done with the report besides running it. */
export function ReportActions({ report }: { report: Report }) {
  const { t } = useTranslation("report");
  const { t: general } = useTranslation();
  const [sharing, setSharing] = useState<"never" | "open" | "closed">("never");
  const edits = report.level === "edit";
  return (
    <>
      <Star report={report} />
      {edits && report.provisioned === "" && (
        <Button variant="default" size="sm" component={Link} to={paths.write(report.slug)} leftSection={<IconPencil size={16} aria-hidden />}>
          {general("edit")}
        </Button>
      )}
      {report.level !== "run" && (
        <Button variant="default" size="sm" component={Link} to={paths.history(report.slug)} leftSection={<IconHistory size={16} aria-hidden />}>
          {t("history")}
        </Button>
      )}
      {edits && (
        <Button variant="default" size="sm" onClick={() => setSharing("open")} leftSection={<IconShare size={16} aria-hidden />}>
          {t("share")}
        </Button>
      )}
      <ReportMenu report={report} />
      {sharing !== "never" && (
        <Suspense>
          <ShareDialog target={{ report: report.slug }} opened={sharing === "open"} onClose={() => setSharing("closed")} />
        </Suspense>
      )}
    </>
  );
}

function Star({ report }: { report: Report }) {
  const { t } = useTranslation("report");
  const favourite = useFavourite();
  const marked = favourite.isPending ? favourite.variables.favourite : report.favourite;
  const label = t("favourite");
  return (
    <Tooltip label={marked ? t("notFavourite") : label}>
      <ActionIcon variant="default" size={36} aria-label={label} aria-pressed={marked} onClick={() => favourite.mutate({ report, favourite: !marked })}>
        {marked ? <IconStarFilled size={18} aria-hidden color="var(--mantine-color-yellow-6)" /> : <IconStar size={18} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
