import { useTranslation } from "react-i18next";

import type { Use } from "./uses";

/** Says in words where uses are, each place once. */
export function useWhere(): (uses: Use[]) => string[] {
  const { t } = useTranslation("write");
  return (uses) => [...new Set(uses.map(({ where }) => t(`designer.where.${where.in}`, { name: "name" in where ? where.name : "" })))];
}
