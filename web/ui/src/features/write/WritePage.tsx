import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";

import type { Report } from "../../api/reports";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";
import { useRole, useSession } from "../../session/SessionContext";
import { DeskPage } from "./desk/DeskPage";
import { carry, useCarried, type Carried } from "./open/carried";
import { openedNew, openedReport, type Opened } from "./open/opened";

export default function WritePage() {
  const { slug } = useParams();
  return slug === undefined ? <NewReport /> : <KnownReport key={slug} slug={slug} />;
}

function KnownReport({ slug }: { slug: string }) {
  const person = useSession().person.id;
  const drafts = useRole("analyst");
  const opened = useQuery(openedReport(person, slug, drafts));
  return <Loaded query={opened} carried={useCarried(slug)} />;
}

function NewReport() {
  const { t } = useTranslation("write");
  const person = useSession().person.id;
  const [search] = useSearchParams();
  const draft = search.get("draft") ?? undefined;
  const folder = search.get("folder") ?? "";
  const attempt = useLocation().key; // who presses "New report" once more begins another
  const words = useMemo(() => ({ title: t("new.title"), period: t("new.period"), rows: t("new.rows") }), [t]);
  const opened = useQuery(openedNew(person, draft, folder, words, attempt));
  return <Loaded key={draft ?? attempt} query={opened} />;
}

interface LoadedProps {
  query: { data: Opened | undefined; error: Error | null; refetch: () => unknown };
  carried?: Carried;
}

function Loaded({ query, carried }: LoadedProps) {
  const { t } = useTranslation("write");
  const go = useNavigate();
  const client = useQueryClient();
  const onSaved = (report: Report, first?: Carried) => {
    notifications.show({
      color: "green",
      message: (
        <Group justify="space-between" wrap="nowrap">
          {t("save.done", { revision: report.revision })}
          <Button size="compact-sm" variant="light" onClick={() => void go(paths.report(report.slug))}>{t("menu.open")}</Button>
        </Group>
      ),
    });
    if (first === undefined) return;
    carry(client, report.slug, first);
    void go(paths.write(report.slug), { replace: true });
  };
  if (query.data !== undefined) {
    return (
      <DeskPage opened={query.data} carried={carried} onSaved={onSaved} onDuplicated={(report) => void go(paths.write(report.slug))} onDropped={() => void go(paths.home(query.data?.folder))} />
    );
  }
  return query.error === null ? <Waiting page /> : <Failure page error={query.error} retry={() => void query.refetch()} />;
}
