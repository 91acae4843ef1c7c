import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";

import type { Report } from "../../api/reports";
import { runQuery } from "../../api/runs";
import { Waiting } from "../../components/Waiting";
import { keptForm } from "../../parts/form/kept";
import type { Values } from "../../parts/form/values";
import { paths } from "../../paths";
import { Filling } from "./Filling";
import { prefilled } from "./prefill";
import { useKeptName } from "./useKept";
import { useOrigin } from "./useOrigin";

interface FilledProps {
  slug: string;
  run: string | undefined;
  report: Report | undefined;
}

/** The form with the values it begins with: of the run in the address, of the address itself, or what was typed before. */
export function Filled({ slug, run, report }: FilledProps) {
  const name = useKeptName(slug);
  const { origin, started, noteStarted } = useOrigin(run);
  const own = useOwnValues(slug, name);
  const typed = own.run === origin ? own.given : undefined;
  const opened = useQuery({ ...runQuery(origin ?? ""), enabled: origin !== undefined && typed === undefined });
  if (origin !== undefined && typed === undefined && opened.isPending) return <Waiting />;
  return (
    <Filling
      key={origin ?? "own"}
      slug={slug}
      report={report}
      keptName={name}
      initial={typed ?? opened.data?.values ?? own.given}
      run={run}
      started={started}
      onStarted={noteStarted}
    />
  );
}

/** What was typed in this tab before, or what the address brings along, which is then taken out of it. */
function useOwnValues(slug: string, name: string): { given: Values; run: string | undefined } {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [own] = useState(() => {
    const brought = prefilled(search);
    const kept = keptForm.read(name);
    if (Object.keys(brought).length > 0) return { given: brought, run: undefined, brought: true };
    return { given: kept?.given ?? {}, run: kept?.run, brought: false };
  });
  const run = search.get("run") ?? undefined;
  const extra = own.brought && [...search.keys()].some((key) => key !== "run");
  useEffect(() => {
    if (extra) void navigate(paths.report(slug, { run }), { replace: true, preventScrollReset: true });
  }, [extra, navigate, slug, run]);
  return own;
}
