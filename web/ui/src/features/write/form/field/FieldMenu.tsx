import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { FieldActions } from "../list/useFieldActions";

interface FieldMenuProps {
  name: string;
  index: number;
  count: number;
  opened: boolean;
  actions: FieldActions;
}

export function FieldMenu({ name, index, count, opened, actions }: FieldMenuProps) {
  const { t } = useTranslation("write");
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("designer.actions", { name })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp size={16} aria-hidden />} disabled={index === 0} onClick={() => actions.move(index, index - 1, opened)}>
          {t("designer.up")}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={16} aria-hidden />} disabled={index === count - 1} onClick={() => actions.move(index, index + 1, opened)}>
          {t("designer.down")}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => actions.duplicate(index)}>
          {t("designer.duplicate")}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={() => actions.remove(index)}>
          {t("designer.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
