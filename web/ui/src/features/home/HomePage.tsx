import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Page } from "../../components/Page";
import { useRole } from "../../session/SessionContext";
import type { Act } from "./acts";
import { Beginning } from "./Beginning";
import { FolderActions } from "./FolderActions";
import { nameOf } from "./folders";
import { Reports } from "./Reports";
import { Search } from "./Search";
import { Trail } from "./Trail";
import { useSearchText } from "./useSearchText";

const Dialogs = lazy(() => import("./dialogs/Dialogs"));
const Deleted = lazy(() => import("./Deleted"));

/** The reports: found by typing, at hand as favourites and recent runs, or by their folder. */
export default function HomePage() {
  const { t } = useTranslation("home");
  const [parameters] = useSearchParams();
  const writes = useRole("analyst");
  const search = useSearchText();
  const [act, setAct] = useState<Act>();
  const folder = parameters.get("folder") ?? "";
  const tag = parameters.get("tag") ?? "";
  const deleted = writes && parameters.get("view") === "deleted";
  const onAct = writes ? setAct : undefined;
  const title = deleted ? t("deleted") : folder === "" ? t("title") : nameOf(folder);
  return (
    <Page title={title} width="form" about={folder !== "" ? <Trail folder={folder} /> : undefined}
      actions={onAct && <FolderActions folder={folder} deleted={deleted} onAct={onAct} />}>
      {!deleted && <Search {...search} />}
      {deleted && <Suspense><Deleted /></Suspense>}
      {!deleted && search.text.trim() === "" && (
        folder === "" && tag === "" ? <Beginning onAct={onAct} /> : <Reports folder={folder} tag={tag} onAct={onAct} />
      )}
      {act !== undefined && (
        <Suspense>
          <Dialogs act={act} onClose={() => setAct(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}
