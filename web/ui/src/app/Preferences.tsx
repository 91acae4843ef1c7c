import { Button, Menu, useMantineColorScheme } from "@mantine/core";
import { IconLanguage, IconSunMoon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { chooseLanguage, type Language, languages } from "../i18n";

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const current = (i18n.resolvedLanguage ?? "en") as Language;
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" color="gray" c="dimmed" leftSection={<IconLanguage size={16} aria-hidden />}
          aria-label={`${t("preferences.language")}: ${languages[current]}`}>
          {languages[current]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([language, name]) => (
          <Menu.Item key={language} lang={language} onClick={() => void chooseLanguage(language as Language)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function SchemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const names = { light: t("preferences.light"), dark: t("preferences.dark"), auto: t("preferences.device") };
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" color="gray" c="dimmed" leftSection={<IconSunMoon size={16} aria-hidden />}
          aria-label={`${t("preferences.scheme")}: ${names[colorScheme]}`}>
          {names[colorScheme]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["light", "dark", "auto"] as const).map((scheme) => (
          <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)}>
            {names[scheme]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
