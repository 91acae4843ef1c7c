import { ActionIcon, Anchor, Button, Menu } from "@mantine/core";
import { IconDots, IconFilePlus, IconFileSpreadsheet, IconFolderPlus, IconFolderSymlink, IconTrash, IconTrashX, IconUserShare } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { paths } from "../../paths";
import { useRole } from "../../session/SessionContext";
import type { Act } from "./acts";

interface FolderActionsProps {
  folder: string;
  deleted: boolean;
  onAct: (act: Act) => void;
}

/** For those who write: a new report, and what can be done with the folder. */
export function FolderActions({ folder, deleted, onAct }: FolderActionsProps) {
  const { t } = useTranslation("home");
  const administers = useRole("administrator");
  if (deleted) {
    return (
      <Anchor component={Link} to={paths.home()} size="sm">
        {t("showAll")}
      </Anchor>
    );
  }
  return (
    <>
      <Button component={Link} to={paths.writeNew({ folder })} leftSection={<IconFilePlus size={18} aria-hidden />}>
        {t("newReport")}
      </Button>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("folderMenu")}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={() => onAct({ kind: "newFolder", parent: folder })}>
            {t("newFolder")}
          </Menu.Item>
          {(folder !== "" || administers) && (
            <Menu.Item leftSection={<IconUserShare size={16} aria-hidden />} onClick={() => onAct({ kind: "shareFolder", path: folder })}>
              {folder === "" ? t("shareAll") : t("shareFolder")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconFileSpreadsheet size={16} aria-hidden />} onClick={() => onAct({ kind: "workbooks", path: folder })}>
            {t("workbooks")}
          </Menu.Item>
          {folder !== "" && (
            <>
              <Menu.Item leftSection={<IconFolderSymlink size={16} aria-hidden />} onClick={() => onAct({ kind: "moveFolder", path: folder })}>
                {t("moveFolder")}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onAct({ kind: "deleteFolder", path: folder })}>
                {t("deleteFolder")}
              </Menu.Item>
            </>
          )}
          <Menu.Divider />
          <Menu.Item component={Link} to={paths.home(undefined, { view: "deleted" })} leftSection={<IconTrashX size={16} aria-hidden />}>
            {t("showDeleted")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
