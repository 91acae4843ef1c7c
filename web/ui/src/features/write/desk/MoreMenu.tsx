import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy, IconDots, IconExternalLink, IconHistory, IconShare, IconTrash, IconUserQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { paths } from "../../../paths";
import { useDesk } from "./DeskContext";

interface MoreMenuProps {
  onDuplicate: () => void;
  onShare: () => void;
  onMember: () => void;
  /** Undefined while there is no draft. */
  onDropDraft?: () => void;
}

export function MoreMenu({ onDuplicate, onShare, onMember, onDropDraft }: MoreMenuProps) {
  const { t } = useTranslation("write");
  const { report, readOnly, tries } = useDesk();
  if (report === undefined && !tries && onDropDraft === undefined) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t("menu.title")}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {tries && <Menu.Item leftSection={<IconUserQuestion size={16} aria-hidden />} onClick={onMember}>{t("menu.member")}</Menu.Item>}
        {report !== undefined && (
          <>
            <Menu.Item component={Link} to={paths.report(report.slug)} leftSection={<IconExternalLink size={16} aria-hidden />}>{t("menu.open")}</Menu.Item>
            <Menu.Item component={Link} to={paths.history(report.slug)} leftSection={<IconHistory size={16} aria-hidden />}>{t("menu.history")}</Menu.Item>
            {tries && <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={onDuplicate}>{t("menu.duplicate")}</Menu.Item>}
            {report.level === "edit" && tries && <Menu.Item leftSection={<IconShare size={16} aria-hidden />} onClick={onShare}>{t("menu.share")}</Menu.Item>}
          </>
        )}
        {!readOnly && onDropDraft !== undefined && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={onDropDraft}>{t("menu.dropDraft")}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
