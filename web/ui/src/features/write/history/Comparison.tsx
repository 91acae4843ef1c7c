import { Alert, Box, Group, SegmentedControl, Skeleton, Stack, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { documentQuery } from "../../../api/documents";
import { Failure } from "../../../components/Failure";
import { DiffView } from "../../../parts/code";

/** What changed between two revisions, beside each other or in one text. */
export function Comparison({ slug, from, to }: { slug: string; from: number; to: number }) {
  const { t } = useTranslation("write");
  const before = useQuery(documentQuery(slug, from));
  const after = useQuery(documentQuery(slug, to));
  const wide = useMediaQuery("(min-width: 75em)", true, { getInitialValueInEffect: false });
  const [wanted, setWanted] = useState<string>();
  const layout = wanted ?? (wide ? "sides" : "unified");
  const error = before.error ?? after.error;
  return (
    <Stack gap="sm" component="section" aria-label={t("history.compare", { from, to })}>
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">{t("history.compare", { from, to })}</Title>
        <SegmentedControl size="xs" aria-label={t("history.layout")} value={layout} onChange={setWanted}
          data={[{ value: "sides", label: t("history.sides") }, { value: "unified", label: t("history.unified") }]} />
      </Group>
      {error !== null && <Failure error={error} retry={() => void Promise.all([before.refetch(), after.refetch()])} />}
      {error === null && (before.data === undefined || after.data === undefined) && <Skeleton h={360} />}
      {before.data !== undefined && after.data !== undefined && (
        before.data.document === after.data.document ? <Alert color="gray">{t("history.same")}</Alert> : (
          <Box style={{ overflowX: "auto" }}>
            <DiffView key={layout} before={before.data.document ?? ""} after={after.data.document ?? ""} sides={layout === "sides"}
              labels={{ before: t("history.revision", { number: from }), after: t("history.revision", { number: to }) }} />
          </Box>
        )
      )}
    </Stack>
  );
}
