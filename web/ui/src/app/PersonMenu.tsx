import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { IconApi, IconLogout, IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useSignOut } from "../api/session";
import { chooseLanguage, type Language, languages } from "../i18n";
import { paths } from "../paths";
import { useRole, useSession } from "../session/SessionContext";

/** Who is signed in, how they like the pages, and the way out. */
export function PersonMenu() {
  const { t } = useTranslation();
  const { person } = useSession();
  const writes = useRole("analyst");
  const signOut = useSignOut();
  const name = person.name === "" ? person.email : person.name;
  const leave = () => signOut.mutate(undefined, { onSuccess: () => window.location.assign(paths.signIn()) });
  return (
    <Menu width={260} position="bottom-end">
      <Menu.Target>
        <UnstyledButton>
          <Avatar size={32} name={name} color="ink" variant="filled" alt="" />
          <VisuallyHidden>{name}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt={4} truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb={4} truncate>
          {person.email}
        </Text>
        <Menu.Divider />
        <Menu.Item component={Link} to={paths.account()} leftSection={<IconUser size={16} aria-hidden />}>
          {t("navigation.account")}
        </Menu.Item>
        {writes && (
          <Menu.Item component="a" href={paths.apiDocs()} target="_blank" leftSection={<IconApi size={16} aria-hidden />}>
            {t("navigation.api")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Choices />
        <Menu.Divider />
        <Menu.Item onClick={leave} leftSection={<IconLogout size={16} aria-hidden />}>
          {t("navigation.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Choices() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t("preferences.language")}</Menu.Label>
      <SegmentedControl fullWidth size="xs" aria-label={t("preferences.language")} value={i18n.resolvedLanguage ?? "en"}
        onChange={(language) => void chooseLanguage(language as Language)}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))} />
      <Menu.Label>{t("preferences.scheme")}</Menu.Label>
      <SegmentedControl fullWidth size="xs" aria-label={t("preferences.scheme")} value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as "light" | "dark" | "auto")}
        data={[
          { value: "light", label: t("preferences.light") },
          { value: "dark", label: t("preferences.dark") },
          { value: "auto", label: t("preferences.device") },
        ]} />
    </>
  );
}
