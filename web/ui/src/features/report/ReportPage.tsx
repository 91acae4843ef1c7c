import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function ReportPage() {
  const { t } = useTranslation("report");
  return <Page title={t("title")}> </Page>;
}
