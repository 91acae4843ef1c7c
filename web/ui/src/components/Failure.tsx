import { Alert, Button, Container, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { ProblemError } from "../api/client";

/** The sentence of a failed request, and what the log calls it. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (error instanceof ProblemError) return error.problem.detail;
    if (error instanceof TypeError) return t("failure.offline"); // fetch says so when nothing answered
    return error instanceof Error ? error.message : String(error);
  };
}

interface FailureProps {
  error: unknown;
  retry?: () => void;
  /** It stands for a whole page. */
  page?: boolean;
}

/** Says what went wrong and what can be done. */
export function Failure({ error, retry, page = false }: FailureProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const request = error instanceof ProblemError ? error.problem.request_id : "";
  const alert = (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("failure.title")} role="alert">
      <Text size="sm">{sentence(error)}</Text>
      {(retry || request !== "") && (
        <Group mt="xs" gap="md">
          {retry && (
            <Button size="xs" variant="default" onClick={retry}>
              {t("failure.retry")}
            </Button>
          )}
          {request !== "" && (
            <Text size="xs" c="dimmed">
              {t("failure.request", { id: request })}
            </Text>
          )}
        </Group>
      )}
    </Alert>
  );
  return page ? <Container size="sm" py="xl">{alert}</Container> : alert;
}
