import { Box, Group, Text } from "@mantine/core";
import { IconFolder } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Report } from "../../api/reports";
import { Nothing } from "../../components/Nothing";
import { paths } from "../../paths";
import classes from "./Home.module.css";
import { Marked } from "./Marked";
import { fieldsFound, wordsOf } from "./matches";

interface SearchResultsProps {
  id: string;
  search: string;
  reports: Report[];
  /** The answer is of what was typed before. */
  old: boolean;
  active: number;
}

export const resultId = (list: string, at: number) => `${list}-${at}`;

/** What the search found, the best first, as options of the field above. */
export function SearchResults({ id, search, reports, old, active }: SearchResultsProps) {
  const { t } = useTranslation("home");
  const words = wordsOf(search);
  if (reports.length === 0 && !old) return <Nothing title={t("nothingFound", { search })} text={t("nothingFoundText")} />;
  return (
    <div role="listbox" id={id} aria-label={t("results")} className={classes.rows} data-old={old || undefined}>
      {reports.map((report, at) => (
        <Result key={report.id} id={resultId(id, at)} report={report} words={words} active={at === active} />
      ))}
    </div>
  );
}

function Result({ id, report, words, active }: { id: string; report: Report; words: string[]; active: boolean }) {
  const { t } = useTranslation("home");
  const tags = report.tags.join(" ");
  const fields = fieldsFound([report.title, report.description, tags], report.fields, words).slice(0, 4);
  return (
    <Link to={paths.report(report.slug)} role="option" id={id} aria-selected={active} tabIndex={-1} className={classes.row}
      data-active={active || undefined} style={{ color: "inherit", textDecoration: "none" }}>
      <Box flex={1} miw={0}>
        <Group justify="space-between" gap="xs">
          <Text fw={600}>
            <Marked text={report.title} words={words} />
          </Text>
          {report.folder !== "" && (
            <Group gap={4} c="dimmed">
              <IconFolder size={14} aria-hidden />
              <Text size="xs">{report.folder.replaceAll("/", " / ")}</Text>
            </Group>
          )}
        </Group>
        <Text size="sm" c="dimmed" lineClamp={2}>
          <Marked text={report.description} words={words} />
        </Text>
        <Group gap={6} mt={report.tags.length + fields.length > 0 ? 6 : 0}>
          {report.tags.map((tag) => (
            <span key={tag} className={classes.tag}>
              <span>
                <Marked text={tag} words={words} />
              </span>
            </span>
          ))}
          {fields.length > 0 && (
            <Text size="xs" c="dimmed">
              {t("inFields")} <Marked text={fields.join(", ")} words={words} />
            </Text>
          )}
        </Group>
      </Box>
    </Link>
  );
}
