import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useFormatName } from "../../parts/results/useFormatName";
import { useRole } from "../../session/SessionContext";

/** Formats that everybody has a program for; the others are for those who know them. */
const usual = ["xlsx", "csv"];

/** Runs the report with files of another format than it has by itself. */
export function FormatMenu({ formats, disabled, onFormat }: { formats: string[]; disabled: boolean; onFormat: (format?: string) => void }) {
  const { t } = useTranslation("report");
  const nameOf = useFormatName();
  const knows = useRole("analyst");
  const offered = formats.filter((format) => knows || usual.includes(format));
  if (offered.length < 2) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="md" px="xs" disabled={disabled} aria-label={t("format")} style={{ borderInlineStart: "1px solid var(--mantine-color-body)" }}>
          <IconChevronDown size={18} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("runAs")}</Menu.Label>
        <Menu.Item onClick={() => onFormat()}>{t("asReport")}</Menu.Item>
        {offered.map((format) => (
          <Menu.Item key={format} onClick={() => onFormat(format)}>
            {nameOf(format)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
