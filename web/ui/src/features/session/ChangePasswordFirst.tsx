import { Center, Paper, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Session } from "../../api/session";
import { useTitle } from "../../components/useTitle";
import { ChangePasswordForm } from "../../parts/password/ChangePasswordForm";

/** The page of somebody whose password was made by somebody else: they choose their own before anything. */
export function ChangePasswordFirst({ session }: { session: Session }) {
  const { t } = useTranslation("session");
  useTitle(t("choosePassword"));
  return (
    <Center component="main" mih="100dvh" p="md" bg="var(--vitrina-surface)">
      <Paper withBorder p="xl" shadow="xs" w="100%" maw={400}>
        <Title order={1} size="h2" mb={4}>
          {t("choosePassword")}
        </Title>
        <Text c="dimmed" mb="lg">
          {t("choosePasswordText", { email: session.person.email })}
        </Text>
        <ChangePasswordForm />
      </Paper>
    </Center>
  );
}
