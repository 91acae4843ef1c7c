import { Alert, Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ItemsRecognised } from "../../../api/forms";
import { useSentence } from "../../../components/Failure";
import type { ControlProps } from "../fields/control";
import { FileChooser } from "../lists/FileChooser";
import { RecognisedCounts } from "../lists/RecognisedCounts";
import { Strangers } from "../lists/Strangers";
import { chosenOf } from "../values";
import { sent } from "./useOptions";

/** A column of values or names from a spreadsheet, made into chosen options. */
export function PasteOptions({ field, state, value, set, opened, onClose }: ControlProps & { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("form");
  const { t: general } = useTranslation();
  const sentence = useSentence();
  const [text, setText] = useState("");
  const ask = useMutation({
    mutationFn: (pasted: string) => state.backend.recognise(field, { text: pasted, values: sent(state, field) }, new AbortController().signal),
  });
  const change = (changed: string) => {
    setText(changed);
    ask.reset();
  };
  const take = ({ items }: ItemsRecognised) => {
    set([...new Set([...chosenOf(value).filter((one) => one !== "all"), ...items])]);
    change("");
    onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t("pasteInto", { label: field.label })} closeButtonProps={{ "aria-label": general("close") }}>
      <Stack>
        <Textarea
          label={t("pasteHere")}
          description={t("pasteHelp")}
          autosize
          minRows={6}
          maxRows={12}
          data-autofocus
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
        {ask.isError && <Alert color="red">{sentence(ask.error)}</Alert>}
        {ask.data && <RecognisedCounts counts={ask.data} />}
        {ask.data && ask.data.unknown > 0 && <Strangers counts={ask.data} />}
        <Group justify="space-between">
          <FileChooser label={field.label} onText={change} disabled={false} />
          <Group gap="xs">
            <Button variant="default" loading={ask.isPending} disabled={text.trim() === ""} onClick={() => ask.mutate(text)}>
              {t("recognise")}
            </Button>
            <Button disabled={ask.data === undefined || ask.data.recognised === 0} onClick={() => ask.data && take(ask.data)}>
              {ask.data === undefined ? t("add") : t("addCount", { count: ask.data.recognised })}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
