import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Box, Group, Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconGripVertical, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import classes from "./write.module.css";

export interface BlockActions {
  move: (key: string, by: -1 | 1) => void;
  remove: (key: string) => void;
}

interface BlockFrameProps {
  id: string;
  /** What the block is called, for its buttons. */
  label: string;
  first: boolean;
  last: boolean;
  readOnly: boolean;
  cell?: boolean;
  /** Beside the handle, or for text beside the menu. */
  head?: ReactNode;
  /** More in the menu. */
  menu?: ReactNode;
  actions: BlockActions;
  children: ReactNode;
}

/** What every block has around: a handle to drag it by, and a menu to move and delete it. */
export function BlockFrame({ id, label, first, last, readOnly, cell = false, head, menu, actions, children }: BlockFrameProps) {
  const { t } = useTranslation(["write", "general"]);
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({ id, disabled: readOnly });
  const style = { transform: CSS.Translate.toString(transform), transition };
  const className = `${classes.block} ${cell ? classes.cell : ""} ${isDragging ? classes.dragged : ""}`;
  const handle = !readOnly && (
    <ActionIcon ref={setActivatorNodeRef} variant="subtle" color="gray" size={26} aria-label={t("block.drag", { name: label })} style={{ cursor: "grab", touchAction: "none" }}
      {...attributes} {...listeners}>
      <IconGripVertical size={16} aria-hidden />
    </ActionIcon>
  );
  const more = (!readOnly || menu !== undefined) && (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("block.more", { name: label })}>
          <IconDotsVertical size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {menu}
        {!readOnly && (
          <>
            <Menu.Item leftSection={<IconArrowUp size={16} aria-hidden />} disabled={first} onClick={() => actions.move(id, -1)}>{t("block.up")}</Menu.Item>
            <Menu.Item leftSection={<IconArrowDown size={16} aria-hidden />} disabled={last} onClick={() => actions.move(id, 1)}>{t("block.down")}</Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={() => actions.remove(id)}>{t("general:delete")}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <Box role="group" ref={setNodeRef} style={style} className={className} aria-label={label}>
      {cell ? (
        <>
          <Group gap={6} mb={6} wrap="nowrap" align="flex-start">
            {handle}
            <Group gap={6} style={{ flex: 1, minWidth: 0 }}>{head}</Group>
            {more}
          </Group>
          {children}
        </>
      ) : (
        <Group gap={4} wrap="nowrap" align="flex-start">
          {handle}
          <Box style={{ flex: 1, minWidth: 0 }}>{children}</Box>
          {head}
          {more}
        </Group>
      )}
    </Box>
  );
}
