import { Autocomplete, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { foldersQuery, useCreateFolder, useMoveFolder } from "../../../api/reports";
import { Failure } from "../../../components/Failure";
import { nameOf } from "../folders";

interface NameFolderProps {
  /** Of the folder that gets another name or place; a new one is made when left out. */
  path?: string;
  parent: string;
  onClose: () => void;
  onDone: (path: string) => void;
}

/** A name for a folder, and the folder it is in. */
export function NameFolder({ path, parent, onClose, onDone }: NameFolderProps) {
  const { t } = useTranslation("home");
  const { t: general } = useTranslation();
  const folders = useQuery(foldersQuery);
  const [name, setName] = useState(path === undefined ? "" : nameOf(path));
  const [inside, setInside] = useState(parent);
  const create = useCreateFolder();
  const move = useMoveFolder();
  const to = [inside.trim(), name.trim()].filter((piece) => piece !== "").join("/");
  const error = create.error ?? move.error;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const done = { onSuccess: () => onDone(to) };
    if (path === undefined) create.mutate(to, done);
    else move.mutate({ from: path, to }, done);
  };
  const others = folders.data?.map((folder) => folder.path).filter((other) => other !== "" && other !== path && !other.startsWith(`${path}/`)) ?? [];
  return (
    <Modal opened onClose={onClose} title={path === undefined ? t("newFolder") : t("moveFolder")} closeButtonProps={{ "aria-label": general("close") }}>
      <form onSubmit={send}>
        <Stack>
          <TextInput label={t("folderName")} required maxLength={100} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Autocomplete label={t("insideFolder")} description={t("toFolderText")} data={others} value={inside} onChange={setInside} maxLength={400} />
          {error && <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {general("cancel")}
            </Button>
            <Button type="submit" loading={create.isPending || move.isPending} disabled={name.trim() === "" || to === path}>
              {path === undefined ? t("create") : general("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
