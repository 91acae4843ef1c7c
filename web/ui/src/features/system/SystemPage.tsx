import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function SystemPage() {
  const { t } = useTranslation("system");
  return <Page title={t("title")}> </Page>;
}
