import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { isName } from "../document";

interface CellNameProps {
  name: string;
  taken: (name: string) => boolean;
  readOnly: boolean;
  onRename: (name: string) => void;
}

/** The name of a cell. It changes where the cell is plainly meant, once it is a good one. */
export function CellName({ name, taken, readOnly, onRename }: CellNameProps) {
  const { t } = useTranslation("write");
  const [typed, setTyped] = useState<string>();
  const value = typed ?? name;
  const wrong = typed === undefined || typed === name ? undefined : !isName(typed) ? t("cell.nameRule") : taken(typed) ? t("cell.nameTaken") : undefined;
  const finish = () => {
    if (typed !== undefined && typed !== name && wrong === undefined) onRename(typed);
    setTyped(undefined);
  };
  return (
    <TextInput size="xs" w={160} aria-label={t("cell.name")} value={value} readOnly={readOnly} error={wrong} spellCheck={false} autoComplete="off"
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontWeight: 600 } }}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
        if (event.key === "Escape") setTyped(undefined);
      }} />
  );
}
