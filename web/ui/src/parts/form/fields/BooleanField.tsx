import { Box, Group, Radio, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { isEmpty } from "../values";
import type { ControlProps } from "./control";

const isYes = (value: unknown) => ["true", "1", "yes", "on", "да"].includes(String(value).toLowerCase());

/** A switch; where an answer is required and none is given at first, both are to choose from. */
export function BooleanField({ field, value, set, frame }: ControlProps) {
  const { t } = useTranslation("form");
  const { withAsterisk: _, ...rest } = frame;
  if (field.required && isEmpty(field.default)) {
    return (
      <Radio.Group
        {...frame}
        value={isEmpty(value) ? null : isYes(value) ? "yes" : "no"}
        onChange={(answer) => set(answer === "yes")}
      >
        <Group mt={6} mb={4}>
          <Radio value="yes" label={t("yes")} disabled={rest.disabled} />
          <Radio value="no" label={t("no")} disabled={rest.disabled} />
        </Group>
      </Radio.Group>
    );
  }
  return (
    <Box pt={{ base: 0, sm: 24 }}>
      <Switch
        {...rest}
        size="md"
        checked={isYes(value)}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    </Box>
  );
}
