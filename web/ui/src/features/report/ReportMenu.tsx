import { ActionIcon, Menu, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconDots, IconListDetails, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { useDuplicateReport } from "../../api/documents";
import { type Report, useDeleteReport } from "../../api/reports";
import { useSentence } from "../../components/Failure";
import { paths } from "../../paths";
import { useRole } from "../../session/SessionContext";

export function ReportMenu({ report }: { report: Report }) {
  const { t } = useTranslation("report");
  const { t: general } = useTranslation();
  const duplicates = useRole("analyst") && report.level !== "run";
  const deletes = report.level === "edit" && report.provisioned === "";
  const { duplicate, remove } = useActs(report);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={general("more")}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={paths.runs({ report: report.slug })} leftSection={<IconListDetails size={16} aria-hidden />}>
          {report.level === "edit" ? t("runsOfAll") : t("runs")}
        </Menu.Item>
        {duplicates && (
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={duplicate}>
            {t("duplicate")}
          </Menu.Item>
        )}
        {deletes && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={remove}>
            {general("delete")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function useActs(report: Report) {
  const { t } = useTranslation("report");
  const { t: general } = useTranslation();
  const navigate = useNavigate();
  const sentence = useSentence();
  const copy = useDuplicateReport();
  const del = useDeleteReport();
  const onError = (error: Error) => notifications.show({ color: "red", message: sentence(error), autoClose: 10_000 });
  return {
    duplicate: () => copy.mutate({ report: report.slug }, { onSuccess: (made) => navigate(paths.write(made.slug)), onError }),
    remove: () =>
      modals.openConfirmModal({
        title: t("delete.title", { title: report.title }),
        children: <Text size="sm">{t("delete.text")}</Text>,
        labels: { confirm: general("delete"), cancel: general("cancel") },
        confirmProps: { color: "red" },
        onConfirm: () =>
          del.mutate(
            { report: report.id, revision: report.revision },
            {
              onSuccess: () => {
                notifications.show({ message: t("delete.done", { title: report.title }) });
                void navigate(paths.home(report.folder === "" ? undefined : report.folder));
              },
              onError,
            },
          ),
      }),
  };
}
