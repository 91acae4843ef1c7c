import { Input, SegmentedControl, Stack, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { chooseLanguage, type Language, languages } from "../../i18n";

/** Language and colours of the pages in this browser. */
export function Looks() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap="sm" maw={400}>
      <Input.Wrapper label={t("preferences.language")} labelElement="div">
        <SegmentedControl fullWidth aria-label={t("preferences.language")} value={i18n.resolvedLanguage ?? "en"}
          onChange={(language) => void chooseLanguage(language as Language)}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))} />
      </Input.Wrapper>
      <Input.Wrapper label={t("preferences.scheme")} labelElement="div">
        <SegmentedControl fullWidth aria-label={t("preferences.scheme")} value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as "light" | "dark" | "auto")}
          data={[
            { value: "light", label: t("preferences.light") },
            { value: "dark", label: t("preferences.dark") },
            { value: "auto", label: t("preferences.device") },
          ]} />
      </Input.Wrapper>
    </Stack>
  );
}
