import { Anchor, Center, Paper, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useTitle } from "../../components/useTitle";
import { paths } from "../../paths";
import { signedOut } from "../../session/signedOut";

/** Where a window comes back from the identity provider that was opened to sign in again; the one that waits goes on. */
export default function SignedInPage() {
  const { t } = useTranslation("session");
  useTitle(t("signedIn"));
  useEffect(() => signedOut.overEverywhere(), []);
  return (
    <Center component="main" mih="100dvh" p="md" bg="var(--vitrina-surface)">
      <Paper withBorder p="xl" maw={420}>
        <Title order={1} size="h2" mb={4}>{t("signedIn")}</Title>
        <Text c="dimmed" mb="md">{t("signedInText")}</Text>
        <Anchor component={Link} to={paths.home()} underline="always">{t("toReports")}</Anchor>
      </Paper>
    </Center>
  );
}
