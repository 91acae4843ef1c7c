import { ActionIcon, CopyButton, Group, Popover, Text, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Cell, Column } from "../../api/runs";
import classes from "./Grid.module.css";
import { kindOf, textOf } from "./kinds";

interface ValueProps {
  column: Column;
  value: Cell;
  /** Where it stands in the table, which is around. */
  at: { left: number; top: number; width: number; height: number };
  onClose: () => void;
}

/** A value as a whole, below its place in the table. */
export function ValuePopover({ column, value, at, onClose }: ValueProps) {
  const { t } = useTranslation(["results", "general"]);
  const text = kindOf(column.type) === "composite" ? JSON.stringify(value, null, 2) : textOf(value);
  return (
    <Popover opened onChange={(opened) => !opened && onClose()} position="bottom-start" width={420} shadow="md" withinPortal trapFocus
      returnFocus={false} closeOnEscape withRoles={false} hideDetached={false}>
      <Popover.Target>
        <span className={classes.anchor} style={at} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={column.name} maw="calc(100vw - 16px)" onKeyDown={(event) => event.key === "Escape" && onClose()}>
        <Group justify="space-between" wrap="nowrap" mb={4}>
          <Text size="sm" fw={600} truncate>
            {column.name}
          </Text>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Tooltip label={copied ? t("general:copied") : t("general:copy")}>
                <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={copied ? t("general:copied") : t("general:copy")}>
                  {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        </Group>
        <pre className={`${classes.value} ${classes.mono}`} tabIndex={0}>
          {value === null ? t("table.none") : text === "" ? t("table.emptyText") : text}
        </pre>
        <Text size="xs" c="dimmed" mt={4}>
          {t(`kind.${kindOf(column.type)}`)} · {column.type}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
