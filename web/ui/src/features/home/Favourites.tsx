import { Group, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Report } from "../../api/reports";
import { paths } from "../../paths";
import classes from "./Home.module.css";
import { Section } from "./Section";
import { Star } from "./Star";

/** The starred reports as cards, at hand. */
export function Favourites({ reports }: { reports: Report[] }) {
  const { t } = useTranslation("home");
  if (reports.length === 0) return null;
  return (
    <Section title={t("favourites")}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3, xl: 4 }} spacing="sm">
        {reports.map((report) => (
          <div key={report.id} className={classes.card}>
            <Group wrap="nowrap" align="flex-start" justify="space-between" gap="xs">
              <Link to={paths.report(report.slug)} className={classes.cover}>
                {report.title}
              </Link>
              <Star report={report} />
            </Group>
            <Text size="sm" c="dimmed" lineClamp={2}>
              {report.description}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Section>
  );
}
