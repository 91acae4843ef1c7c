import { Alert, Text } from "@mantine/core";
import { IconCheck, IconPlugConnectedX } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { SourceTest } from "../../api/sources";
import { Failure } from "../../components/Failure";
import { useFormat } from "../../i18n/format";

/** In a long dialog on a small screen it may appear below what can be seen. */
const seen = (element: HTMLElement | null) => element?.scrollIntoView?.({ block: "nearest" });

interface TestOutcomeProps {
  test: Pick<UseMutationResult<SourceTest, Error, never>, "data" | "error" | "isError">;
  /** How an address is written, where one can be typed in. */
  example?: string;
}

/** What a source said, in words: that it answers and how fast, or what is wrong and what to do. */
export function TestOutcome({ test, example }: TestOutcomeProps) {
  const { t } = useTranslation("connections");
  const format = useFormat();
  const words = useWords(example);
  if (test.isError) return <Failure error={test.error} />;
  if (test.data === undefined) return null;
  const { ok, milliseconds } = test.data;
  return (
    <Alert ref={seen} color={ok ? "green" : "red"} p="xs" role="status" style={{ scrollMarginBottom: 72 }}
      title={ok ? t("answers", { time: format.duration(milliseconds / 1000) }) : t("doesNotAnswer")}
      icon={ok ? <IconCheck aria-hidden /> : <IconPlugConnectedX aria-hidden />}>
      <Text size="sm">{words(test.data)}</Text>
    </Alert>
  );
}

/** What was found or what is wrong, in the language of the page. */
function useWords(example?: string): (test: SourceTest) => string {
  const { t } = useTranslation("connections");
  return ({ message, found, trouble }) => {
    if (found !== undefined) return t("found", { product: found.product, version: found.version, count: found.tables });
    if (trouble === undefined) return example === undefined ? message : t("noAddress", { example });
    const { kind, product, address, detail } = trouble;
    return t(`trouble.${kind}`, { product, address, detail, ports: product === "Postgres" ? "5432" : t("httpPorts") });
  };
}
