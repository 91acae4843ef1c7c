import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconFolderSymlink, IconHistory, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Report } from "../../api/reports";
import { paths } from "../../paths";
import type { Act } from "./acts";
import classes from "./Home.module.css";

interface ReportMenuProps {
  report: Report;
  onAct: (act: Act) => void;
}

/** What can be done with a report. In a list of hundreds the menu is made when it is asked for. */
export function ReportMenu({ report, onAct }: ReportMenuProps) {
  const { t } = useTranslation("home");
  const [used, setUsed] = useState(false);
  const button = (
    <ActionIcon variant="subtle" color="gray" className={classes.above} aria-label={t("reportMenu", { title: report.title })}
      aria-haspopup="menu" onClick={() => setUsed(true)}>
      <IconDots size={18} aria-hidden />
    </ActionIcon>
  );
  if (!used) return button;
  return (
    <Menu defaultOpened position="bottom-end" width={220}>
      <Menu.Target>{button}</Menu.Target>
      <Items report={report} onAct={onAct} />
    </Menu>
  );
}

function Items({ report, onAct }: ReportMenuProps) {
  const { t } = useTranslation("home");
  const { t: general } = useTranslation();
  const edits = report.level === "edit" && report.provisioned === "";
  return (
    <Menu.Dropdown>
      {edits && (
        <Menu.Item component={Link} to={paths.write(report.slug)} leftSection={<IconPencil size={16} aria-hidden />}>
          {general("edit")}
        </Menu.Item>
      )}
      <Menu.Item component={Link} to={paths.history(report.slug)} leftSection={<IconHistory size={16} aria-hidden />}>
        {t("history")}
      </Menu.Item>
      {edits && (
        <>
          <Menu.Item leftSection={<IconFolderSymlink size={16} aria-hidden />} onClick={() => onAct({ kind: "moveReport", report })}>
            {t("moveReport")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onAct({ kind: "deleteReport", report })}>
            {general("delete")}
          </Menu.Item>
        </>
      )}
    </Menu.Dropdown>
  );
}
