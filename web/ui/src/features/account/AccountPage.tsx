import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function AccountPage() {
  const { t } = useTranslation("account");
  return <Page title={t("title")}> </Page>;
}
