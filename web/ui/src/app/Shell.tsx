import { Anchor, AppShell, Burger, Group } from "@mantine/core";
import { useDisclosure, useWindowEvent } from "@mantine/hooks";
import { type RefObject, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";

import { Waiting } from "../components/Waiting";
import { paths } from "../paths";
import { Arrival } from "./Arrival";
import { Navigation } from "./Navigation";
import { PersonMenu } from "./PersonMenu";
import { useFocusBack } from "./useFocusBack";

/** What is around every page: the name, the way to everything, the person. */
export function Shell() {
  const { t } = useTranslation();
  const menu = useRef<HTMLButtonElement>(null);
  const [opened, { toggle, close }] = useMenu(menu);
  useFocusBack("content");
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 232, breakpoint: "md", collapsed: { mobile: !opened } }} padding={{ base: "md", sm: "lg" }}>
      <a className="skip" href="#content">
        {t("navigation.skip")}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger ref={menu} opened={opened} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t("navigation.menu")} aria-expanded={opened} />
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
      <AppShell.Navbar p="sm" data-closed={!opened || undefined} aria-label={t("navigation.menu")}>
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

/** The menu of a small screen. It goes when one has gone somewhere, by whatever way, and with Esc. */
function useMenu(button: RefObject<HTMLButtonElement | null>): ReturnType<typeof useDisclosure> {
  const { key } = useLocation();
  const menu = useDisclosure(false);
  const [opened, { close }] = menu;
  useEffect(close, [key, close]);
  useWindowEvent("keydown", (event) => {
    if (!opened || event.key !== "Escape" || event.defaultPrevented) return;
    close();
    button.current?.focus();
  });
  return menu;
}
