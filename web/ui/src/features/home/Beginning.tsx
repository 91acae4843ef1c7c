import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { draftsQuery } from "../../api/drafts";
import { foldersQuery, reportsQuery } from "../../api/reports";
import { latestRunsQuery } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { useRole, useSession } from "../../session/SessionContext";
import type { Act } from "./acts";
import { Drafts } from "./Drafts";
import { EmptyHome } from "./EmptyHome";
import { Favourites } from "./Favourites";
import { RecentRuns, recent } from "./RecentRuns";
import { Reports } from "./Reports";
import { dismiss, wasDismissed, welcomeOf } from "./welcome";
import { WelcomeCard } from "./WelcomeCard";

/** What stands below the search before anything is sought. It appears all at once, so that nothing moves under the hand. */
export function Beginning({ onAct }: { onAct?: (act: Act) => void }) {
  const { person } = useSession();
  const writes = useRole("analyst");
  const [dismissed, setDismissed] = useState(wasDismissed);
  const favourites = useInfiniteQuery(reportsQuery({ favourite: true }));
  const root = useInfiniteQuery(reportsQuery({ folder: "" }));
  const folders = useQuery(foldersQuery);
  const runs = useQuery(latestRunsQuery(recent.filter, recent.limit));
  const drafts = useQuery({ ...draftsQuery, enabled: writes });
  const all = [favourites, root, folders, runs, ...(writes ? [drafts] : [])];
  if (root.isError) return <Failure error={root.error} retry={() => void root.refetch()} />;
  if (all.some((query) => query.isPending)) return <Waiting />;
  const reports = root.data?.pages.flatMap((page) => page.items) ?? [];
  const starred = favourites.data?.pages.flatMap((page) => page.items) ?? [];
  const nothing = (folders.data?.find((folder) => folder.path === "")?.below ?? reports.length) === 0;
  const welcome = welcomeOf({ role: person.role, ran: runs.data === undefined || runs.data.length > 0, dismissed, reports });
  const close = () => {
    dismiss();
    setDismissed(true);
  };
  return (
    <>
      {welcome !== null && <WelcomeCard welcome={welcome} onDismiss={close} />}
      {drafts.data !== undefined && <Drafts drafts={drafts.data} />}
      <Favourites reports={starred} />
      <RecentRuns />
      {nothing && <EmptyHome />}
      {(!nothing || writes) && <Reports folder="" tag="" onAct={onAct} quiet={nothing} />}
    </>
  );
}
