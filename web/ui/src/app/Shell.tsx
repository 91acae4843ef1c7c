import { Anchor, AppShell, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";

import { Waiting } from "../components/Waiting";
import { paths } from "../paths";
import { Arrival } from "./Arrival";
import { Navigation } from "./Navigation";
import { PersonMenu } from "./PersonMenu";
import { useFocusBack } from "./useFocusBack";

/** What is around every page: the name, the way to everything, the person. */
export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  useFocusBack("content");
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 232, breakpoint: "md", collapsed: { mobile: !opened } }} padding={{ base: "md", sm: "lg" }}>
      <a className="skip" href="#content">
        {t("navigation.skip")}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t("navigation.menu")} aria-expanded={opened} />
            <Anchor component={Link} to={paths.home()} fw={700} size="lg" c="var(--mantine-color-text)" underline="never">
              Vitrina
            </Anchor>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Anchor href={paths.help()} target="_blank" size="sm" c="dimmed">
              {t("navigation.help")}
            </Anchor>
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t("navigation.menu")}>
        <Navigation onChosen={close} />
      </AppShell.Navbar>
      <Arrival content="content" />
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: "none" }}>
        <Suspense fallback={<Waiting page />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}
