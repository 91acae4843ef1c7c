import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Says of a value that is kept as words, such as today-30d, that it moves with the calendar. */
export function WordHint({ word, name }: { word: string; name?: string }) {
  const { t } = useTranslation("form");
  return (
    <Text component="span" size="xs" c="dimmed" display="block" aria-live="polite">
      {word !== "" && t("moving", { word: name ?? word })}
    </Text>
  );
}
