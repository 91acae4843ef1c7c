import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { hasEnded, type Run, type RunProgress as Told, useCancelRun, type Values } from "../../api/runs";
import { hasCode } from "../../api/query";
import { Failure } from "../../components/Failure";
import { NotFound } from "../../components/NotFound";
import { Waiting } from "../../components/Waiting";
import type { FormAbove } from "./results";
import { RunDone } from "./RunDone";
import { RunEnded } from "./RunEnded";
import { RunProgress } from "./RunProgress";
import { TellMe } from "./TellMe";
import { useMayManage } from "./useLevel";
import { useRun } from "./useRun";
import { useTold } from "./useTold";

interface RunResultsProps {
  run: string;
  form?: FormAbove;
  /** Runs the report again with these values; without it, a link leads to the report's form. */
  onAgain?: (values: Values) => void;
}

/** All that a run shows: how it gets on, and then what it found or why it did not. */
export function RunResults({ run: id, ...around }: RunResultsProps) {
  const query = useRun(id);
  if (query.data !== undefined) return <OneRun key={id} run={query.data} {...around} />; // another run begins anew: its tables are others
  if (query.isPending) return <Waiting />;
  if (hasCode(query.error, "not_found")) return <NotFound />;
  return <Failure error={query.error} retry={() => void query.refetch()} />;
}

function OneRun({ run, form, onAgain }: Omit<RunResultsProps, "run"> & { run: Run }) {
  useTold(run);
  if (!hasEnded(run.status)) return <Going run={run} />;
  return run.status === "succeeded" ? <RunDone run={run} form={form} onAgain={onAgain} /> : <RunEnded run={run} onAgain={onAgain} />;
}

/** What is known of a run that nobody has told about yet. */
function progressOf(run: Run): Told {
  return run.progress ?? { run: run.id, status: run.status, ahead: run.ahead, attempt: run.attempt, sequence: 0, cells: [], files: [] };
}

function Going({ run }: { run: Run }) {
  const cancel = useCancelRun();
  const { t } = useTranslation("results");
  const manages = useMayManage(run);
  const cancelling = cancel.isPending || run.cancel_requested !== null;
  return (
    <Stack gap="sm" component="section" aria-label={t("progress.title")}>
      <RunProgress progress={progressOf(run)} queuedAt={run.queued} startedAt={run.started ?? undefined} cancelling={cancelling}
        onCancel={manages ? () => cancel.mutate(run.id) : undefined}>
        <TellMe run={run} />
      </RunProgress>
      {cancel.isError && !hasCode(cancel.error, "conflict") && <Failure error={cancel.error} />}
    </Stack>
  );
}
