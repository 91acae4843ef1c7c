import { Button, Group, Loader, Paper, Progress, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconCircleCheck, IconClock, IconPlayerStop } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { RunProgress as Told } from "../../api/runs";
import { useFormat } from "../../i18n/format";
import { share, type Step, stepOf } from "./ahead";
import { useFormatName } from "./useFormatName";

interface RunProgressProps {
  progress: Told;
  queuedAt?: string;
  startedAt?: string;
  onCancel?: () => void;
  /** It was asked to stop and has not yet. */
  cancelling?: boolean;
  /** More buttons. */
  children?: ReactNode;
}

/** How a run gets on: its place in the queue, what is read of each cell, what is written of each file. */
export function RunProgress({ progress, queuedAt, startedAt, onCancel, cancelling = false, children }: RunProgressProps) {
  const { t } = useTranslation(["results", "general"]);
  const step = stepOf(progress);
  const words = useWords();
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Group gap="xs" wrap="nowrap">
            {step.is === "queued" ? <IconClock size={20} aria-hidden /> : <Loader size={18} aria-hidden />}
            <div>
              <Text fw={600}>{cancelling ? t("progress.cancelling") : words(step)}</Text>
              <Elapsed since={step.is === "queued" ? queuedAt : (startedAt ?? queuedAt)} queued={step.is === "queued"} />
            </div>
          </Group>
          <Group gap="xs">
            {children}
            {onCancel !== undefined && (
              <Button variant="default" size="sm" leftSection={<IconPlayerStop size={16} aria-hidden />} loading={cancelling} onClick={onCancel}>
                {t("progress.stop")}
              </Button>
            )}
          </Group>
        </Group>
        {step.is !== "queued" && <Bars progress={progress} />}
        <VisuallyHidden aria-live="polite">{cancelling ? t("progress.cancelling") : words(step)}</VisuallyHidden>
      </Stack>
    </Paper>
  );
}

function useWords(): (step: Step) => string {
  const { t } = useTranslation("results");
  const nameOf = useFormatName();
  return (step) => {
    switch (step.is) {
      case "queued":
        return step.ahead === 0 ? t("progress.next") : t("progress.ahead", { count: step.ahead });
      case "cell":
        return t("progress.cell", { name: step.cell.name });
      case "file":
        return t("progress.file", { format: nameOf(step.file.format) });
      case "starting":
        return t("progress.starting");
      case "ending":
        return t("progress.ending");
    }
  };
}

function Elapsed({ since, queued }: { since?: string; queued: boolean }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const [shown] = useState(() => Date.now());
  const [now, setNow] = useState(shown);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - (since === undefined ? shown : Date.parse(since))) / 1000));
  return (
    <Text size="sm" c="dimmed" className="numbers">
      {queued ? t("progress.waited", { time: format.duration(seconds) }) : t("progress.elapsed", { time: format.duration(seconds) })}
    </Text>
  );
}

function Bars({ progress }: { progress: Told }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const nameOf = useFormatName();
  return (
    <Stack gap="xs">
      {progress.cells.map(({ name, done, read, total, received }) => (
        <Bar key={name} name={name} done={done} share={share(done, read, total)}>
          {!done && total > 0 && t("progress.read", { count: total, read: format.number(read), total: format.number(total) })}
          {!done && total === 0 && read > 0 && t("progress.readSome", { count: read, read: format.number(read) })}
          {!done && (total > 0 || read > 0) && received > 0 && " · "}
          {received > 0 && t("progress.received", { count: received, rows: format.number(received) })}
        </Bar>
      ))}
      {progress.files.map(({ format: kind, done, written, total }, at) => (
        <Bar key={`${kind} ${at}`} name={nameOf(kind)} done={done} share={share(done, written, total)}>
          {total > 0 && t("progress.written", { count: total, written: format.number(written), total: format.number(total) })}
        </Bar>
      ))}
    </Stack>
  );
}

function Bar({ name, done, share: value, children }: { name: string; done: boolean; share: number | undefined; children: ReactNode }) {
  const { t } = useTranslation("results");
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={2}>
        <Group gap={4}>
          {done && <IconCircleCheck size={16} color="var(--mantine-color-green-text)" aria-label={t("progress.done")} role="img" />}
          <Text size="sm">{name}</Text>
        </Group>
        <Text size="xs" c="dimmed" className="numbers">
          {children}
        </Text>
      </Group>
      <Progress.Root size="sm" role="progressbar" aria-label={name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={value}>
        <Progress.Section value={value ?? 100} withAria={false} color={done ? "green" : undefined} striped={value === undefined} animated={value === undefined} />
      </Progress.Root>
    </div>
  );
}
