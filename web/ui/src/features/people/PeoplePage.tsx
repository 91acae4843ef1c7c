import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function PeoplePage() {
  const { t } = useTranslation("people");
  return <Page title={t("title")}> </Page>;
}
