import { Button, Group, Input, Paper, Stack, Text, Textarea } from "@mantine/core";
import { type ClipboardEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ControlProps } from "../fields/control";
import { FileChooser } from "./FileChooser";
import { countItems, listText, shownItems, shownLength, textOf } from "./items";
import { RecognisedCounts } from "./RecognisedCounts";
import { Strangers } from "./Strangers";
import { useRecognised } from "./useRecognised";

/** Many values: typed, pasted as a column or read from a file. A long list is not shown as text but counted. */
export function ListField(props: ControlProps) {
  const { field, state, value, set, frame } = props;
  const { t } = useTranslation("form");
  const text = useMemo(() => listText(value), [value]);
  const count = useMemo(() => countItems(text, field.of === "integer"), [text, field.of]);
  const { counts, asking } = useRecognised(state, field, text);
  const long = count > shownItems || text.length > shownLength;
  return (
    <Stack gap={6}>
      {long ? <LongList {...props} count={count} /> : <ShortList {...props} text={text} />}
      <Group gap="xs">
        <FileChooser label={field.label} disabled={frame.disabled} onText={set} />
        {text !== "" && (
          <Button size="compact-sm" variant="subtle" disabled={frame.disabled} onClick={() => set("")}>
            {t("clear")}
          </Button>
        )}
        {counts === undefined ? (
          <Text size="sm" c="dimmed" className="numbers" aria-busy={asking}>
            {count > 0 && t("itemCount", { count })}
          </Text>
        ) : (
          <RecognisedCounts counts={counts} />
        )}
      </Group>
      {counts !== undefined && counts.unknown > 0 && <Strangers counts={counts} onRemove={() => set(textOf(counts.items))} />}
    </Stack>
  );
}

function ShortList({ field, set, frame, text }: ControlProps & { text: string }) {
  const { t } = useTranslation("form");
  /** A very long column goes round the textarea, which would take seconds to lay it out. */
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (pasted.length <= shownLength) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    set(text.slice(0, selectionStart) + pasted + text.slice(selectionEnd));
  };
  return (
    <Textarea
      {...frame}
      aria-required={field.required}
      autosize
      minRows={3}
      maxRows={10}
      spellCheck={false}
      className="numbers"
      placeholder={t("listPlaceholder")}
      value={text}
      onPaste={paste}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

function LongList({ field, set, frame, count }: ControlProps & { count: number }) {
  const { t } = useTranslation("form");
  const { id, label, description, error, withAsterisk, disabled } = frame;
  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={error === undefined ? undefined : `${id}-wrong`}>
      <Input.Label id={`${id}-label`} labelElement="div" required={withAsterisk}>
        {label}
      </Input.Label>
      <Input.Description>{description}</Input.Description>
      <Paper withBorder p="md" mt={6} bg="var(--vitrina-surface)" id={id} tabIndex={-1}>
        <Group justify="space-between">
          <Text className="numbers">{t("longList", { count })}</Text>
          <Button size="xs" variant="default" disabled={disabled} onClick={() => set("")}>
            {t("replaceList", { label: field.label })}
          </Button>
        </Group>
      </Paper>
      {error !== undefined && (
        <Input.Error id={`${id}-wrong`} mt={6}>
          {error}
        </Input.Error>
      )}
    </div>
  );
}
