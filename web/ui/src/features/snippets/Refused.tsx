import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Failure } from "../../components/Failure";
import { byFile, type Refusal } from "./saving";

interface RefusedProps {
  refusal: Exclude<Refusal, { kind: "conflict" }>;
  busy: boolean;
  onForce: () => void;
}

/** Why the snippet was not saved. What would break is shown before it may be saved all the same. */
export function Refused({ refusal, busy, onForce }: RefusedProps) {
  const { t } = useTranslation("snippets");
  if (refusal.kind === "other") return <Failure error={refusal.error} />;
  if (refusal.kind === "wrong") {
    return (
      <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t("wrong")}>
        {refusal.own.map(({ line, message }) => (
          <Text key={`${line} ${message}`} size="sm">
            {t("atLine", { line })} {message}
          </Text>
        ))}
      </Alert>
    );
  }
  return (
    <Alert color="yellow" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t("breaks")}>
      <Stack gap="sm" align="flex-start">
        {byFile(refusal.reports).map(([file, problems]) => (
          <div key={file}>
            <Text size="sm" fw={600}>{file}</Text>
            <List size="sm">
              {problems.map(({ line, message }) => (
                <List.Item key={`${line} ${message}`}>
                  {t("atLine", { line })} {message}
                </List.Item>
              ))}
            </List>
          </div>
        ))}
        <Text size="sm">{t("breaksText")}</Text>
        <Button size="xs" color="red" variant="light" loading={busy} onClick={onForce}>
          {t("force")}
        </Button>
      </Stack>
    </Alert>
  );
}
