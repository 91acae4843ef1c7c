import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ItemsRecognised } from "../../../api/forms";

/** What became of pasted items, as in "4,987 recognised, 13 unknown, 20 repeated". */
export function RecognisedCounts({ counts }: { counts: ItemsRecognised }) {
  const { t } = useTranslation("form");
  const parts = [
    t(counts.checked ? "found" : "recognised", { count: counts.recognised }),
    ...(counts.unknown > 0 ? [t("unknown", { count: counts.unknown })] : []),
    ...(counts.repeated > 0 ? [t("repeated", { count: counts.repeated })] : []),
  ];
  return (
    <Text size="sm" role="status" className="numbers" c={counts.unknown > 0 ? "var(--mantine-color-error)" : "dimmed"}>
      {parts.join(", ")}
    </Text>
  );
}
