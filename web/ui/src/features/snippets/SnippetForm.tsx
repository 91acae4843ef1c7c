import { Button, Group, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { IconDeviceFloppy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Snippet, snippetsQuery, useSaveSnippet } from "../../api/snippets";
import { SqlEditor } from "../../parts/code";
import { Behind } from "./Behind";
import { Refused } from "./Refused";
import { current, refusalOf } from "./saving";
import { useUnsaved } from "./unsaved";

interface SnippetFormProps {
  name: string;
  /** Null for a new one. */
  kept: Snippet | null;
  locked: boolean;
  others: Snippet[];
}

/** The SQL of a snippet, to be changed and saved with a word about why. */
export function SnippetForm({ name, kept, locked, others }: SnippetFormProps) {
  const { t } = useTranslation("snippets");
  const { t: general } = useTranslation();
  const client = useQueryClient();
  const [editing, setEditing] = useUnsaved(name);
  const [message, setMessage] = useState("");
  const save = useSaveSnippet();
  const { sql, base, dirty, behind } = current(kept, editing);
  const refusal = save.isError ? refusalOf(save.error, name) : undefined;
  const change = (text: string) => {
    setEditing({ sql: text, base });
    if (save.isError) save.reset();
  };
  const send = (how: { base?: number; force?: boolean } = {}) => {
    if (locked || !dirty || save.isPending) return;
    save.mutate({ name, sql, base, message: message.trim() || undefined, ...how }, {
      onSuccess: () => {
        setEditing(undefined);
        setMessage("");
        notifications.show({ color: "green", message: t("saved", { name }) });
      },
      onError: (error) => {
        if (refusalOf(error, name).kind === "conflict") void client.invalidateQueries({ queryKey: snippetsQuery.queryKey });
      },
    });
  };
  const problems = refusal?.kind === "wrong" ? refusal.own : undefined;
  return (
    <Stack gap="sm">
      <SqlEditor label={t("sqlOf", { name })} value={sql} onChange={change} readOnly={locked} lineNumbers minLines={8} maxHeight="60vh" problems={problems}
        placeholder={t("placeholder")} completions={{ snippets: others.map((one) => ({ name: one.name })) }} onSave={() => send()} />
      {behind && kept !== null && <Behind kept={kept} mine={sql} onTake={() => setEditing(undefined)} onOver={() => send({ base: kept.revision })} />}
      {refusal !== undefined && refusal.kind !== "conflict" && <Refused refusal={refusal} busy={save.isPending} onForce={() => send({ force: true })} />}
      {!locked && (
        <Group align="flex-end">
          <TextInput label={t("message")} placeholder={t("messageHint")} maxLength={500} style={{ flex: "1 1 240px" }}
            value={message} onChange={(event) => setMessage(event.currentTarget.value)} />
          <Button variant="default" disabled={!dirty} onClick={() => setEditing(undefined)}>
            {t("discard")}
          </Button>
          <Button leftSection={<IconDeviceFloppy size={18} aria-hidden />} disabled={!dirty || behind} loading={save.isPending} onClick={() => send()}>
            {general("save")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
