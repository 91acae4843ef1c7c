import { Anchor, Button, Center, Group, Text } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { type AuditFilter, auditQuery } from "../../api/audit";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { Page } from "../../components/Page";
import { Waiting } from "../../components/Waiting";
import { AuditCards } from "./AuditCards";
import { AuditTable } from "./AuditTable";
import { Filters } from "./Filters";

const keys = ["person", "action", "object", "search", "since", "until"] as const;

const filterOf = (search: URLSearchParams) =>
  Object.fromEntries(keys.map((key) => [key, search.get(key) ?? ""])) as unknown as AuditFilter;

/** The filter stands in the address, so that what was found can be sent to somebody. */
function useFilter(): [AuditFilter, (change: Partial<AuditFilter>) => void] {
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const latest = useRef(filter); // two quick changes come before the address has the first
  useEffect(() => {
    latest.current = filterOf(search);
  }, [search]);
  const change = (changed: Partial<AuditFilter>) => {
    latest.current = { ...latest.current, ...changed };
    setSearch(Object.entries(latest.current).filter(([, value]) => value !== ""), { replace: true });
  };
  return [filter, change];
}

export default function AuditPage() {
  const { t } = useTranslation("audit");
  const [filter, setFilter] = useFilter();
  const [wanted] = useDebouncedValue(filter, 200, { leading: true });
  const audit = useInfiniteQuery(auditQuery(wanted));
  const narrow = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const Events = narrow ? AuditCards : AuditTable;
  const events = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t("title")} about={t("about")}>
      <Filters filter={filter} onChange={setFilter} />
      {filter.object !== "" && (
        <Group mb="sm" gap="xs">
          <Text size="sm">{t("onlyObject")}</Text>
          <Anchor component="button" type="button" size="sm" underline="always" onClick={() => setFilter({ object: "" })}>{t("showAll")}</Anchor>
        </Group>
      )}
      {audit.isPending && <Waiting />}
      {audit.isError && <Failure error={audit.error} retry={() => void audit.refetch()} />}
      {audit.isSuccess && events.length === 0 && <Nothing title={t("empty")} text={t("emptyText")} />}
      {events.length > 0 && <Events events={events} onObject={(object) => setFilter({ object })} />}
      {audit.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>{t("more")}</Button>
        </Center>
      )}
    </Page>
  );
}
