import { Button, Code, Collapse, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import type { ItemsRecognised } from "../../../api/forms";
import { CopyText } from "../../../components/CopyText";
import classes from "../form.module.css";

/** The items that a field does not take, shown on demand, to copy or to take out. */
export function Strangers({ counts, onRemove }: { counts: ItemsRecognised; onRemove?: () => void }) {
  const { t } = useTranslation("form");
  const { t: general } = useTranslation();
  const [opened, { toggle }] = useDisclosure();
  const text = counts.unknown_items.join("\n");
  return (
    <div>
      <Group gap="xs">
        <Button size="compact-xs" variant="subtle" aria-expanded={opened} onClick={toggle}>
          {opened ? t("hideUnknown") : t("showUnknown")}
        </Button>
        <CopyText text={text}>
          {(copied, copy) => (
            <Button size="compact-xs" variant="subtle" onClick={copy}>
              {copied ? general("copied") : t("copyUnknown")}
            </Button>
          )}
        </CopyText>
        {onRemove && (
          <Button size="compact-xs" variant="subtle" onClick={onRemove}>
            {t("removeUnknown")}
          </Button>
        )}
      </Group>
      <Collapse expanded={opened}>
        <Code block tabIndex={0} className={classes.strangers} mt={4}>
          {text}
        </Code>
        {counts.unknown > counts.unknown_items.length && (
          <Text size="xs" c="dimmed">
            {t("firstUnknown", { count: counts.unknown_items.length })}
          </Text>
        )}
      </Collapse>
    </div>
  );
}
