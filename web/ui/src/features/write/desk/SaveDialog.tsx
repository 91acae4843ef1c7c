import { Alert, Autocomplete, Button, Group, List, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ProblemError } from "../../../api/client";
import { foldersQuery } from "../../../api/reports";
import { Failure } from "../../../components/Failure";
import { slugOf } from "./slug";
import type { Saving, SaveWish } from "./useSaving";

interface SaveDialogProps {
  opened: boolean;
  onClose: () => void;
  saving: Saving;
  title: string;
  /** A new report asks where it is to be. */
  isNew: boolean;
  folder: string;
  /** Its files fill workbooks, which are kept in that folder. */
  workbooks: boolean;
  /** How many problems are known. */
  problems: number;
}

/** Saves with a few words of what was changed. */
export function SaveDialog({ opened, onClose, ...props }: SaveDialogProps) {
  const { t } = useTranslation(["write", "general"]);
  return (
    <Modal opened={opened} onClose={onClose} title={props.isNew ? t("save.titleNew") : t("save.title")} closeButtonProps={{ "aria-label": t("general:close") }}>
      {opened && <SaveForm {...props} onClose={onClose} />}
    </Modal>
  );
}

function SaveForm({ onClose, saving, title, isNew, folder, workbooks, problems }: Omit<SaveDialogProps, "opened">) {
  const { t } = useTranslation(["write", "general"]);
  const folders = useQuery({ ...foldersQuery, enabled: isNew });
  const [wish, setWish] = useState<SaveWish>({ message: "", folder, slug: "" });
  const save = async () => {
    if (await saving.save(wish)) onClose();
  };
  const made = slugOf(title);
  const apart = isNew && workbooks && wish.folder.trim().replace(/^\/+|\/+$/g, "") !== folder;
  return (
    <form onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <Stack>
        {isNew && (
          <>
            <Text size="sm">{t("save.named", { title: title || t("untitled") })}</Text>
            <Autocomplete label={t("save.folder")} description={t("save.folderAbout")} value={wish.folder} onChange={(value) => setWish({ ...wish, folder: value })}
              data={[...new Set((folders.data ?? []).map(({ path }) => path))].filter((path) => path !== "")} openOnFocus={false} data-autofocus />
            <TextInput label={t("save.slug")} description={t("save.slugAbout")} placeholder={made} value={wish.slug} onChange={(event) => setWish({ ...wish, slug: event.currentTarget.value })}
              leftSection={<Text size="sm" c="dimmed">/r/</Text>} leftSectionWidth={36} />
          </>
        )}
        <Textarea label={t("save.message")} placeholder={t("save.messageHint")} autosize minRows={2} maxRows={6} maxLength={1000} value={wish.message}
          onChange={(event) => setWish({ ...wish, message: event.currentTarget.value })}
          onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save(); }}
          {...(isNew ? {} : { "data-autofocus": true })} />
        {apart && <Alert color="yellow" role="status">{folder === "" ? t("save.workbooksRoot") : t("save.workbooks", { folder })}</Alert>}
        {problems > 0 && <Alert color="yellow">{t("save.problems", { count: problems })}</Alert>}
        {saving.failure !== null && <Refused error={saving.failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t("general:cancel")}</Button>
          <Button type="submit" loading={saving.pending}>{t("general:save")}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function Refused({ error }: { error: Error }) {
  const { t } = useTranslation("write");
  const problems = error instanceof ProblemError ? (error.problem.problems ?? []) : [];
  if (problems.length === 0) return <Failure error={error} />;
  return (
    <Alert color="red" role="alert" title={error.message}>
      <List size="sm">
        {problems.slice(0, 8).map((problem, n) => <List.Item key={n}>{t("problems.line", { line: problem.line })}: {problem.message}</List.Item>)}
      </List>
    </Alert>
  );
}
