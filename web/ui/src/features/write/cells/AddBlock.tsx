import { Button } from "@mantine/core";
import { IconChartBar, IconCode, IconTextSize } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import classes from "./write.module.css";

export type NewKind = "sql" | "text" | "chart";

const kinds = [
  ["sql", IconCode],
  ["text", IconTextSize],
  ["chart", IconChartBar],
] as const;

/** Between two blocks: what can be put there. */
export function AddBlock({ onAdd, where, always = false }: { onAdd: (kind: NewKind) => void; where: string; always?: boolean }) {
  const { t } = useTranslation("write");
  return (
    <div className={classes.between} role="group" aria-label={where} data-open={always || undefined}>
      {kinds.map(([kind, Icon]) => (
        <Button key={kind} size="compact-xs" variant={always ? "default" : "subtle"} color={always ? undefined : "gray"} leftSection={<Icon size={14} aria-hidden />}
          onClick={() => onAdd(kind)}>
          {t(`add.${kind}`)}
        </Button>
      ))}
    </div>
  );
}
