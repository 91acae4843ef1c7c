import { Alert, Text } from "@mantine/core";
import { IconCheck, IconPlugConnectedX } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { SourceTest } from "../../api/sources";
import { Failure } from "../../components/Failure";
import { useFormat } from "../../i18n/format";

/** In a long dialog on a small screen it may appear below what can be seen. */
const seen = (element: HTMLElement | null) => element?.scrollIntoView?.({ block: "nearest" });

/** What a source said, in words: that it answers and how fast, or what is wrong and what to do. */
export function TestOutcome({ test }: { test: Pick<UseMutationResult<SourceTest, Error, never>, "data" | "error" | "isError"> }) {
  const { t } = useTranslation("connections");
  const format = useFormat();
  if (test.isError) return <Failure error={test.error} />;
  if (test.data === undefined) return null;
  const { ok, message, milliseconds } = test.data;
  return (
    <Alert ref={seen} color={ok ? "green" : "red"} p="xs" role="status" title={ok ? t("answers", { time: format.duration(milliseconds / 1000) }) : t("doesNotAnswer")}
      icon={ok ? <IconCheck aria-hidden /> : <IconPlugConnectedX aria-hidden />}>
      <Text size="sm">{message}</Text>
    </Alert>
  );
}
