import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function SnippetsPage() {
  const { t } = useTranslation("snippets");
  return <Page title={t("title")}> </Page>;
}
