import { Button, Center, Divider, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { sessionOptionsQuery } from "../../api/session";
import { LanguageMenu, SchemeMenu } from "../../app/Preferences";
import { Failure } from "../../components/Failure";
import { useTitle } from "../../components/useTitle";
import { paths } from "../../paths";
import { SignInForm } from "./SignInForm";

/** Where to go afterwards: an address of this service alone. Downloads are not pages, so the browser itself goes there. */
function destination(next: string | null): { path: string; page: boolean } {
  if (next === null || !/^\/(?![/\\])/.test(next)) return { path: paths.home(), page: true };
  return { path: next, page: !/^\/(d|api|help)\//.test(next) };
}

export default function SignInPage() {
  const { t } = useTranslation("session");
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const options = useQuery(sessionOptionsQuery);
  const goal = destination(search.get("next"));
  useTitle(t("signIn"));
  const arrive = () => {
    if (goal.page) void navigate(goal.path, { replace: true });
    else window.location.assign(goal.path);
  };
  return (
    <Center component="main" mih="100dvh" p="md" bg="var(--vitrina-surface)">
      <Stack w="100%" maw={400}>
        <Paper withBorder p="xl" shadow="xs">
          <Title order={1} size="h2" mb={4}>
            Vitrina
          </Title>
          <Text c="dimmed" mb="lg">
            {t("about")}
          </Text>
          {options.isError && <Failure error={options.error} retry={() => void options.refetch()} />}
          {options.data?.oidc.map((provider) => (
            <Button key={provider.url} component="a" href={withNext(provider.url, goal.path)} variant="default" fullWidth mb="sm">
              {t("signInWith", { name: provider.name })}
            </Button>
          ))}
          {options.data?.password && options.data.oidc.length > 0 && <Divider label={t("or")} my="md" />}
          {options.data?.password && <SignInForm onDone={arrive} />}
        </Paper>
        <Group justify="space-between">
          <LanguageMenu />
          <SchemeMenu />
        </Group>
      </Stack>
    </Center>
  );
}

function withNext(url: string, next: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}`;
}
