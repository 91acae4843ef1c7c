import { Badge, Box, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Report } from "../../api/reports";
import { useFormat } from "../../i18n/format";
import { paths } from "../../paths";
import type { Act } from "./acts";
import classes from "./Home.module.css";
import { ReportMenu } from "./ReportMenu";
import { Star } from "./Star";

interface ReportRowProps {
  report: Report;
  /** Where reports of several folders stand together. */
  withFolder: boolean;
  /** For those who write: when it changed, and what can be done with it. */
  onAct?: (act: Act) => void;
}

export function ReportRow({ report, withFolder, onAct }: ReportRowProps) {
  const { t } = useTranslation("home");
  return (
    <li className={classes.row}>
      <Box flex={1} miw={0}>
        <Link to={paths.report(report.slug)} className={classes.cover}>
          {report.title}
        </Link>
        {withFolder && report.folder !== "" && (
          <Text size="xs" c="dimmed">
            {report.folder.replaceAll("/", " / ")}
          </Text>
        )}
        {report.description !== "" && (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {report.description}
          </Text>
        )}
        <Group gap={6} mt={6}>
          {report.tags.map((tag) => (
            <Link key={tag} to={paths.home(undefined, { tag })} className={`${classes.tag} ${classes.above}`} aria-label={t("tag", { tag })}>
              {tag}
            </Link>
          ))}
          {onAct && <Changed report={report} />}
        </Group>
      </Box>
      <Group gap={2} wrap="nowrap">
        <Star report={report} />
        {onAct && report.level !== "run" && <ReportMenu report={report} onAct={onAct} />}
      </Group>
    </li>
  );
}

function Changed({ report }: { report: Report }) {
  const { t } = useTranslation("home");
  const format = useFormat();
  if (report.provisioned !== "") {
    return (
      <Badge variant="default" size="sm" tt="none" fw={500} c="dimmed" className={classes.above} title={t("provisionedText", { folder: report.provisioned })}>
        {t("provisioned")}
      </Badge>
    );
  }
  return (
    <Text size="xs" c="dimmed" component="time" dateTime={report.updated} title={format.moment(report.updated)}>
      {t("changed", { when: format.distance(report.updated), who: report.updated_by_name })}
    </Text>
  );
}
