import { Anchor, Box } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { foldersQuery, reportsQuery } from "../../api/reports";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";
import type { Act } from "./acts";
import { foldersIn } from "./folders";
import { FolderTiles } from "./FolderTiles";
import { ReportList } from "./ReportList";
import { Section } from "./Section";

interface ReportsProps {
  folder: string;
  /** Instead of a folder: reports of all folders with it. */
  tag: string;
  onAct?: (act: Act) => void;
  /** Says nothing where there is nothing. */
  quiet?: boolean;
}

/** The folders and reports of a folder, or the reports with a tag. */
export function Reports({ folder, tag, onAct, quiet = false }: ReportsProps) {
  const { t, i18n } = useTranslation("home");
  const folders = useQuery(foldersQuery);
  const reports = useInfiniteQuery(reportsQuery(tag === "" ? { folder } : { tag }));
  if (reports.isError) return <Box mt="lg"><Failure error={reports.error} retry={() => void reports.refetch()} /></Box>;
  if (reports.isPending || folders.isPending) return <Waiting />;
  const rows = reports.data.pages.flatMap((page) => page.items);
  const inside = tag === "" ? foldersIn(folders.data ?? [], folder, i18n.language) : [];
  const known = folder === "" || tag !== "" || folders.data === undefined || folders.data.some((one) => one.path === folder) || inside.length > 0;
  if (rows.length + inside.length === 0 && quiet) return null;
  const title = tag !== "" ? t("withTag", { tag }) : folder === "" ? t("all") : t("inFolder");
  return (
    <Section title={title} aside={tag !== "" && <AllReports />}>
      <FolderTiles folders={inside} />
      {rows.length > 0 && (
        <ReportList label={title} reports={rows} withFolder={tag !== ""} old={reports.isPlaceholderData} more={reports.hasNextPage}
          loading={reports.isFetchingNextPage} onMore={() => void reports.fetchNextPage()} onAct={onAct} />
      )}
      {rows.length + inside.length === 0 && !reports.isPlaceholderData && (
        <Nothing title={known ? t("emptyFolder") : t("noFolder")} text={known ? undefined : t("noFolderText")} action={<AllReports />} />
      )}
    </Section>
  );
}

function AllReports() {
  const { t } = useTranslation("home");
  return (
    <Anchor component={Link} to={paths.home()} size="sm">
      {t("showAll")}
    </Anchor>
  );
}
