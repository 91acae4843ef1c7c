import { Button, Group, Modal, PasswordInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { ProblemError } from "../../api/client";
import { type Source, type SourceSettings, useSaveSource, useTrySource } from "../../api/sources";
import { Failure } from "../../components/Failure";
import { LimitFields } from "./LimitFields";
import classes from "./SourceDialog.module.css";
import { driverNames } from "./SourceCard";
import { TestOutcome } from "./TestOutcome";

const examples = {
  clickhouse: "https://reader:password@clickhouse.example.com:8443/shop",
  postgres: "postgres://reader:password@postgres.example.com:5432/billing",
};

/** Connects a database or changes how it is reached. The address has a password in it and is never shown again. */
export function SourceDialog({ source, onClose }: { source: Source | null; onClose: () => void }) {
  const { t } = useTranslation("connections");
  const [settings, setSettings] = useState<SourceSettings>(() => ({
    name: source?.name ?? "",
    driver: (source?.driver as SourceSettings["driver"]) ?? "clickhouse",
    dsn: "",
    database: source?.database ?? "",
    limits: source?.limits ?? {},
  }));
  const save = useSaveSource(source);
  const test = useTrySource();
  const set = (change: Partial<SourceSettings>) => {
    setSettings((before) => ({ ...before, ...change }));
    if (test.data !== undefined) test.reset();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(settings, { onSuccess: onClose });
  };
  const mistakes = save.error instanceof ProblemError ? (save.error.problem.fields ?? []) : [];
  const mistake = (field: string) => mistakes.find((m) => m.field === field)?.message;
  return (
    <Modal opened onClose={onClose} size="lg" closeButtonProps={{ "aria-label": t("cancel") }}
      title={source === null ? t("connect") : t("changeTitle", { name: source.name })}>
      <form onSubmit={send}>
        <Stack>
          {source === null && (
            <TextInput label={t("name")} description={t("nameHelp")} required pattern="[a-z][a-z0-9_]*" data-autofocus error={mistake("name")}
              value={settings.name} onChange={(event) => set({ name: event.currentTarget.value })} />
          )}
          <Select label={t("driver")} allowDeselect={false} value={settings.driver}
            data={Object.entries(driverNames).map(([value, label]) => ({ value, label }))}
            onChange={(driver) => set({ driver: driver as SourceSettings["driver"] })} />
          <PasswordInput label={t("address")} description={source === null ? t("addressHelp", { example: examples[settings.driver] }) : t("addressKept")}
            required={source === null} autoComplete="off" spellCheck={false} error={mistake("dsn")} value={settings.dsn}
            visibilityToggleButtonProps={{ "aria-label": t("showAddress") }} onChange={(event) => set({ dsn: event.currentTarget.value })} />
          <TextInput label={t("database")} description={t("databaseHelp")} error={mistake("database")} value={settings.database}
            onChange={(event) => set({ database: event.currentTarget.value })} />
          <LimitFields limits={settings.limits} onChange={(limits) => set({ limits })} />
          <Text size="sm" c="dimmed">{t("readOnly")}</Text>
          <TestOutcome test={test} example={examples[settings.driver]} />
          {save.isError && <Failure error={save.error} />}
          <Group justify="space-between" className={classes.always}>
            <Button variant="default" loading={test.isPending} disabled={source === null && settings.dsn === ""} onClick={() => test.mutate(settings)}>
              {t("test")}
            </Button>
            <Group gap="xs">
              <Button variant="subtle" color="gray" c="dimmed" onClick={onClose}>{t("cancel")}</Button>
              <Button type="submit" loading={save.isPending}>{source === null ? t("connectIt") : t("save")}</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
