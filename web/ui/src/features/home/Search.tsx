import { Box, Text } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { reportsQuery } from "../../api/reports";
import { Failure } from "../../components/Failure";
import { paths } from "../../paths";
import { More } from "./ReportList";
import { resultId, SearchResults } from "./SearchResults";
import { SearchField } from "./SearchField";
import type { useSearchText } from "./useSearchText";

const found = (search: string) => reportsQuery({ search }, 20);

/** The field and what it found. While the next answer comes, the former stays; Enter waits for the right one. */
export function Search({ text, sought, change }: ReturnType<typeof useSearchText>) {
  const { t } = useTranslation("home");
  const list = useId();
  const client = useQueryClient();
  const navigate = useNavigate();
  const asked = text.trim() !== "" && sought !== "";
  const results = useInfiniteQuery({ ...found(sought), enabled: asked });
  const [active, setActive] = useState({ of: sought, at: 0 });
  const reports = asked ? (results.data?.pages.flatMap((page) => page.items) ?? []) : [];
  const old = results.isPlaceholderData || sought !== text.trim();
  const at = active.of === sought ? Math.min(active.at, Math.max(0, reports.length - 1)) : 0;
  const move = (by: 1 | -1) => {
    if (reports.length === 0) return;
    const next = (at + by + reports.length) % reports.length;
    setActive({ of: sought, at: next });
    document.getElementById(resultId(list, next))?.scrollIntoView({ block: "nearest" });
  };
  const open = async () => {
    const chosen = old ? (await client.fetchInfiniteQuery(found(text.trim()))).pages[0]?.items[0] : reports[at];
    if (chosen !== undefined) await navigate(paths.report(chosen.slug));
  };
  const shown = asked && reports.length > 0;
  return (
    <>
      <SearchField text={text} onChange={change} listId={shown ? list : undefined} activeId={shown ? resultId(list, at) : undefined}
        onMove={move} onEnter={() => void open().catch(() => undefined)} />
      {asked && (
        <Box mt="md">
          <Text size="sm" c="dimmed" mb="xs" role="status" mih={22}>
            {results.isSuccess && !old ? t("foundCount", { count: reports.length, more: results.hasNextPage ? "+" : "" }) : ""}
          </Text>
          {results.isError && <Failure error={results.error} retry={() => void results.refetch()} />}
          {results.isSuccess && <SearchResults id={list} search={sought} reports={reports} old={old} active={at} />}
          {shown && results.hasNextPage && !old && <More loading={results.isFetchingNextPage} onMore={() => void results.fetchNextPage()} />}
        </Box>
      )}
    </>
  );
}
