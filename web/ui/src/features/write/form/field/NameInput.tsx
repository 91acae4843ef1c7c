import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import { nameMistake } from "../kinds";
import { saidOf } from "../problems";
import { renameField, usesOfName } from "../uses";

/** The name of a field. It changes when one leaves, everywhere it is used. */
export function NameInput({ index, name }: { index: number; name: string }) {
  const { t } = useTranslation("write");
  const { text, edit, change, fields, uses, problems, readOnly } = useDesigner();
  const [typed, setTyped] = useState<string>();
  const others = fields.filter((_, at) => at !== index).map((field) => field.name);
  const mistake = typed === undefined || typed === name ? undefined : nameMistake(typed, others);
  const said = saidOf(problems, ["form", index, "name"]);
  const count = usesOfName(uses, name).length;
  const settle = () => {
    if (typed !== undefined && typed !== name && mistake === undefined) {
      if (name === "") change([{ do: "set", path: ["form", index, "name"], value: typed }], t("designer.name"));
      else edit(renameField(text, index, typed), t("designer.name"));
    }
    if (mistake === undefined) setTyped(undefined);
  };
  return (
    <TextInput
      label={t("designer.name")} required readOnly={readOnly} value={typed ?? name} spellCheck={false} autoCapitalize="none"
      description={count > 0 ? t("designer.nameUses", { count }) : t("designer.nameHelp", { name: name || "name" })}
      error={mistake === undefined ? said.join(" ") || undefined : t(`designer.${mistake}`)}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === "Enter") settle();
        if (event.key === "Escape" && typed !== undefined) {
          event.stopPropagation();
          setTyped(undefined);
        }
      }}
    />
  );
}
