import { Anchor, Badge, Breadcrumbs, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Report } from "../../api/reports";
import { paths } from "../../paths";

/** Under the title: where the report is, what it is for, and its tags, which lead to others. */
export function ReportAbout({ report }: { report: Report }) {
  return (
    <Stack gap={6}>
      {report.folder !== "" && <Folders folder={report.folder} />}
      {report.description !== "" && <Text c="dimmed">{report.description}</Text>}
      {report.tags.length > 0 && (
        <Group gap={6}>
          {report.tags.map((tag) => (
            <Badge key={tag} component={Link} to={paths.home(undefined, { tag })} variant="default" tt="none" fw={500} style={{ cursor: "pointer" }} h={24}>
              {tag}
            </Badge>
          ))}
        </Group>
      )}
    </Stack>
  );
}

function Folders({ folder }: { folder: string }) {
  const { t } = useTranslation("report");
  const { t: general } = useTranslation();
  const names = folder.split("/");
  return (
    <nav aria-label={t("folders")}>
      <Breadcrumbs separatorMargin={6} style={{ flexWrap: "wrap" }}>
        <Anchor component={Link} to={paths.home()} size="sm">
          {general("navigation.reports")}
        </Anchor>
        {names.map((name, index) => (
          <Anchor key={index} component={Link} to={paths.home(names.slice(0, index + 1).join("/"))} size="sm">
            {name}
          </Anchor>
        ))}
      </Breadcrumbs>
    </nav>
  );
}
