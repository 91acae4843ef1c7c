import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { hasEnded, latestRunsQuery } from "../../api/runs";
import { RunList } from "../../parts/results/RunList";
import { paths } from "../../paths";
import { Section } from "./Section";

export const recent = { filter: { mine: true }, limit: 5 };

/** How often the list is asked for while a run in it goes on, in milliseconds. */
const going = 2500;

/** What the person ran last, with the files. */
export function RecentRuns() {
  const { t } = useTranslation("home");
  const runs = useQuery({
    ...latestRunsQuery(recent.filter, recent.limit),
    refetchInterval: ({ state }) => (state.data?.some((run) => !hasEnded(run.status)) ? going : false),
  });
  if (runs.data === undefined || runs.data.length === 0) return null;
  const all = (
    <Anchor component={Link} to={paths.runs({ mine: "yes" })} size="sm">
      {t("allRuns")}
    </Anchor>
  );
  return (
    <Section title={t("recent")} aside={all}>
      <RunList runs={runs.data} limit={recent.limit} />
    </Section>
  );
}
