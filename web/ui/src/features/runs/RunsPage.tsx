import { Button, Group, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { hasEnded, type Run, runsQuery } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { Page } from "../../components/Page";
import { useNarrow } from "../../components/useNarrow";
import { Waiting } from "../../components/Waiting";
import { useRole } from "../../session/SessionContext";
import { FilterBar } from "./FilterBar";
import { type Filters, readFilters, requestOf, writeFilters } from "./filters";
import { MoreWhenSeen } from "./MoreWhenSeen";
import { RunCards } from "./RunCards";
import { RunTable } from "./RunTable";

const often = 2500;
const seldom = 30_000;

export default function RunsPage() {
  const { t } = useTranslation("runs");
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search, useRole("analyst"));
  const latest = useRef(search); // who chooses two filters at once may be ahead of what is drawn
  useEffect(() => {
    latest.current = search;
  }, [search]);
  const set = (next: URLSearchParams) => {
    latest.current = next;
    setSearch(next, { replace: true });
  };
  return (
    <Page title={t("title")} about={t("about")}>
      <Stack>
        <FilterBar filters={filters} onChange={(change) => set(writeFilters(latest.current, change))} />
        <Runs filters={filters} onClear={() => set(writeFilters(new URLSearchParams(), { mine: filters.mine ? "yes" : "no" }))} />
      </Stack>
    </Page>
  );
}

function Runs({ filters, onClear }: { filters: Filters; onClear: () => void }) {
  const { t } = useTranslation("runs");
  const List = useNarrow() ? RunCards : RunTable;
  const [opened] = useState(() => new Date());
  const { report, person, status, days, mine } = filters;
  const request = useMemo(() => requestOf({ report, person, status, days, mine }, opened), [report, person, status, days, mine, opened]);
  const query = useInfiniteQuery({
    ...runsQuery(request),
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(isGoing)) ? often : seldom),
  });
  if (query.data === undefined) return query.isPending ? <Waiting page /> : <Failure error={query.error} retry={() => void query.refetch()} />;
  const runs = query.data.pages.flatMap((page) => page.items);
  const filtered = report !== undefined || person !== undefined || status !== undefined || days !== undefined;
  if (runs.length === 0) {
    return filtered ? (
      <Nothing title={t("nothingFits")} action={<Button variant="default" onClick={onClear}>{t("clear")}</Button>} />
    ) : (
      <Nothing title={t("none")} text={mine ? t("noneText") : t("noneOfAll")} />
    );
  }
  return (
    <Stack gap="sm" style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
      <List runs={runs} who={!mine} />
      {query.isFetchNextPageError && <Failure error={query.error} retry={() => void query.fetchNextPage()} />}
      {query.hasNextPage && <MoreWhenSeen busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      {!query.hasNextPage && runs.length > 20 && (
        <Group justify="center">
          <Text size="sm" c="dimmed">
            {t("all", { count: runs.length })}
          </Text>
        </Group>
      )}
    </Stack>
  );
}

function isGoing(run: Run): boolean {
  return !hasEnded(run.status);
}
