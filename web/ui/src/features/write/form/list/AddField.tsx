import { Modal, SimpleGrid, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type Choice, choices, icons } from "../kinds";
import classes from "./list.module.css";

interface AddFieldProps {
  onClose: () => void;
  onChoose: (choice: Choice) => void;
}

/** What a new field is, by picture and words. */
export function AddField({ onClose, onChoose }: AddFieldProps) {
  const { t } = useTranslation(["write", "general"]);
  return (
    <Modal opened onClose={onClose} title={t("designer.addTitle")} size="lg" closeButtonProps={{ "aria-label": t("close", { ns: "general" }) }} returnFocus={false}>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="xs">
        {choices.map((choice) => {
          const Icon = icons[choice];
          return (
            <UnstyledButton key={choice} className={classes.choice} onClick={() => { onClose(); onChoose(choice); }}>
              <Icon size={24} stroke={1.5} aria-hidden />
              <Text fw={600} size="sm" mt={4}>
                {t(`designer.kinds.${choice}`)}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`designer.kindsAbout.${choice}`)}
              </Text>
            </UnstyledButton>
          );
        })}
      </SimpleGrid>
    </Modal>
  );
}
