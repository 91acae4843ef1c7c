import { Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconLink, IconShare } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Run } from "../../api/runs";
import { paths } from "../../paths";
import { toClipboard } from "./copying";
import { LinksDialog } from "./LinksDialog";

/** Ways to send a run to somebody: its address for colleagues, or a link to a file. */
export function ShareMenu({ run }: { run: Run }) {
  const { t } = useTranslation(["results", "general"]);
  const [opened, { open, close }] = useDisclosure(false);
  const copyAddress = () => {
    const address = new URL(paths.run(run.id), window.location.origin).href;
    toClipboard(Promise.resolve(address)).then(
      () => notifications.show({ message: t("general:copied"), color: "green" }),
      () => notifications.show({ message: address, color: "gray", autoClose: 15_000 }),
    );
  };
  const files = run.artifacts.length > 0 && run.files_removed === null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="sm" leftSection={<IconShare size={16} aria-hidden />} rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t("share.button")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={copyAddress}>
            {t("share.run")}
          </Menu.Item>
          {files && (
            <Menu.Item leftSection={<IconShare size={16} aria-hidden />} onClick={open}>
              {t("share.file")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {opened && <LinksDialog run={run} onClose={close} />}
    </>
  );
}
