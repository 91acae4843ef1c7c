import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function SchemaPage() {
  const { t } = useTranslation("schema");
  return <Page title={t("title")}> </Page>;
}
