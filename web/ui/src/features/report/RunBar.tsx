import { Box, Button, Group, Text } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Failure } from "../../components/Failure";
import type { FormState } from "../../parts/form/useForm";
import { FormatMenu } from "./FormatMenu";

interface RunBarProps {
  state: FormState;
  pending: boolean;
  failure: Error | null;
  onRun: (format?: string) => void;
  onReset: () => void;
}

/** The big button, and beside it what few need. */
export function RunBar({ state, pending, failure, onRun, onReset }: RunBarProps) {
  const { t } = useTranslation("report");
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <Box mt="lg">
      {failure !== null && (
        <Box mb="md">
          <Failure error={failure} />
        </Box>
      )}
      <Group gap="md">
        <Button.Group>
          <Button type="submit" size="md" miw={160} loading={pending} leftSection={<IconPlayerPlay size={18} aria-hidden />} aria-keyshortcuts={apple ? "Meta+Enter" : "Control+Enter"}>
            {t("run")}
          </Button>
          <FormatMenu formats={state.form?.formats ?? []} disabled={pending} onFormat={onRun} />
        </Button.Group>
        {state.dirty && (
          <Button variant="subtle" size="md" onClick={onReset} disabled={pending}>
            {t("reset")}
          </Button>
        )}
        <Text size="xs" c="dimmed" visibleFrom="sm" aria-hidden>
          {apple ? "⌘ Enter" : "Ctrl Enter"}
        </Text>
      </Group>
    </Box>
  );
}
