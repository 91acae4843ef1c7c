import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { callOf, isName } from "./saving";

interface NewSnippetProps {
  names: string[];
  onName: (name: string) => void;
  onClose: () => void;
}

/** A snippet begins with its name. */
export function NewSnippet({ names, onName, onClose }: NewSnippetProps) {
  const { t } = useTranslation("snippets");
  const { t: general } = useTranslation();
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const mistake = !isName(name) ? t("nameRule") : names.includes(name) ? t("nameTaken") : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (mistake === undefined) onName(name);
  };
  return (
    <Modal opened onClose={onClose} title={t("new")} closeButtonProps={{ "aria-label": general("close") }}>
      <form onSubmit={send}>
        <Stack>
          <TextInput label={t("name")} description={t("nameText", { call: callOf(name === "" ? "not_staff" : name) })} data-autofocus
            error={tried && mistake} value={name} onChange={(event) => setName(event.currentTarget.value.trim())} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general("cancel")}
            </Button>
            <Button type="submit">{t("write")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

