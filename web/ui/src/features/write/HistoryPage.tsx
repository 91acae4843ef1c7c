import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function HistoryPage() {
  const { t } = useTranslation("write");
  return <Page title={t("title")}> </Page>;
}
