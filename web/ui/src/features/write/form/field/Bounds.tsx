import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type Declared, fieldPath } from "../fields";
import { KeyInput } from "../KeyInput";
import { boundOf, type Choice, hasKey } from "../kinds";

/** What a value must keep to. */
export function Bounds({ index, field, choice }: { index: number; field: Declared; choice: Choice }) {
  const { t } = useTranslation("write");
  const bound = boundOf(field);
  const path = (key: string) => fieldPath(index, key);
  if (bound === undefined && !hasKey(choice, "max_items")) return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      {bound !== undefined && (
        <>
          <KeyInput path={path("min")} value={field.min} label={t(`designer.min.${bound}`)} description={bound === "date" ? t("designer.defaultDate") : undefined} typed />
          <KeyInput path={path("max")} value={field.max} label={t(`designer.max.${bound}`)} description={bound === "date" ? t("designer.defaultDate") : undefined} typed />
        </>
      )}
      {hasKey(choice, "pattern") && (
        <KeyInput path={path("pattern")} value={field.pattern} label={t("designer.pattern")} mono
          description={t(choice === "list" ? "designer.patternItems" : "designer.patternHelp")} />
      )}
      {hasKey(choice, "max_items") && <KeyInput path={path("max_items")} value={field.max_items} label={t("designer.maxItems")} typed />}
    </SimpleGrid>
  );
}
