import { useTranslation } from "react-i18next";

/** What people call a format of files. */
export function useFormatName(): (format: string) => string {
  const { t } = useTranslation("results");
  return (format) => {
    switch (format) {
      case "xlsx":
        return t("format.xlsx");
      case "csv":
        return t("format.csv");
      case "json":
        return t("format.json");
      case "parquet":
        return t("format.parquet");
      default:
        return format.toUpperCase();
    }
  };
}
