import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function ConnectionsPage() {
  const { t } = useTranslation("connections");
  return <Page title={t("title")}> </Page>;
}
