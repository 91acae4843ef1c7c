import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { HelpLink } from "../../components/HelpLink";
import { Page } from "../../components/Page";
import { paths } from "../../paths";
import { Groups } from "./Groups";
import { People } from "./People";
import { SourceRights } from "./SourceRights";

const tabs = ["people", "groups", "sources"] as const;

/** Who can sign in, the groups they are in, and who may write SQL for which database. */
export default function PeoplePage() {
  const { t } = useTranslation("people");
  const { tab } = useParams();
  const navigate = useNavigate();
  const current = tabs.find((name) => name === tab) ?? "people";
  return (
    <Page title={t("title")} about={<>{t("about")} <HelpLink page="rights">{t("help")}</HelpLink></>}>
      <Tabs value={current} keepMounted={false} onChange={(name) => void navigate(paths.people(name === "people" ? undefined : (name as "groups" | "sources")))}>
        <Tabs.List mb="md">
          {tabs.map((name) => <Tabs.Tab key={name} value={name}>{t(`tab.${name}`)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="people"><People /></Tabs.Panel>
        <Tabs.Panel value="groups"><Groups /></Tabs.Panel>
        <Tabs.Panel value="sources"><SourceRights /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
