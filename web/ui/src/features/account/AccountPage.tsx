import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { NotFound } from "../../components/NotFound";
import { Page } from "../../components/Page";
import { paths } from "../../paths";
import { Profile } from "./Profile";
import { Sessions } from "./Sessions";
import { Tokens } from "./Tokens";

const tabs = ["profile", "sessions", "tokens"] as const;
type Tab = (typeof tabs)[number];

/** The person's own things. Each tab has its address. */
export default function AccountPage() {
  const { t } = useTranslation("account");
  const { tab = "profile" } = useParams();
  const navigate = useNavigate();
  if (!tabs.includes(tab as Tab)) return <NotFound />;
  const go = (next: string | null) => void navigate(paths.account(next === "sessions" || next === "tokens" ? next : undefined));
  return (
    <Page title={t("title")} width="text">
      <Tabs value={tab} onChange={go} keepMounted={false}>
        <Tabs.List mb="lg">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="profile">
          <Profile />
        </Tabs.Panel>
        <Tabs.Panel value="sessions">
          <Sessions />
        </Tabs.Panel>
        <Tabs.Panel value="tokens">
          <Tokens />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
