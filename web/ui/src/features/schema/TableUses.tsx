import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { type TableAddress, tableUsesQuery } from "../../api/schema-browser";
import { UsedBy } from "../../components/UsedBy";

/** Which reports read the table, and in which cells. */
export function TableUses({ address }: { address: TableAddress }) {
  const { t } = useTranslation("schema");
  const uses = useQuery(tableUsesQuery(address));
  return (
    <UsedBy title={t("uses")} uses={uses} hidden={(count) => t("hiddenUses", { count })} nobody={t("noUses")}
      about={({ cells }) =>
        cells.length > 0 && (
          <Text span size="sm" c="dimmed" ff="monospace">
            {" "}
            {cells.join(", ")}
          </Text>
        )
      } />
  );
}
