import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function RunPage() {
  const { t } = useTranslation("runs");
  return <Page title={t("title")}> </Page>;
}
