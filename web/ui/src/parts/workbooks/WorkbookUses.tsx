import { Anchor, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Schemas } from "../../api/client";
import { paths } from "../../paths";

/** Which reports fill a workbook. */
export function WorkbookUses({ uses }: { uses: UseQueryResult<Schemas["FileUses"]> }) {
  const { t } = useTranslation("workbooks");
  if (uses.data === undefined) return <Text size="sm" c="dimmed">{uses.isError ? t("usesUnknown") : "…"}</Text>;
  const { items, hidden } = uses.data;
  if (items.length + hidden === 0) return <Text size="sm" c="dimmed">{t("noUses")}</Text>;
  return (
    <Text size="sm" style={{ overflowWrap: "anywhere" }}>
      {t("uses")}{" "}
      {items.map(({ id, slug, title }, at) => (
        <Fragment key={id}>
          {at > 0 && ", "}
          <Anchor component={Link} to={paths.report(slug)} inherit>{title}</Anchor>
        </Fragment>
      ))}
      {hidden > 0 && <Text span inherit c="dimmed">{items.length > 0 && ", "}{t("hiddenUses", { count: hidden })}</Text>}
    </Text>
  );
}
