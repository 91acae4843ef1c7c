import { Box, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { sampleQuery, type TableAddress } from "../../api/schema-browser";
import { Failure } from "../../components/Failure";
import { Nothing } from "../../components/Nothing";
import { Waiting } from "../../components/Waiting";
import { fixedRows } from "../../parts/results/rows";

const ResultTable = lazy(async () => ({ default: (await import("../../parts/results/ResultTable")).ResultTable }));

/** Some rows of the table, whichever come first. */
export function Sample({ address }: { address: TableAddress }) {
  const { t } = useTranslation("schema");
  const sample = useQuery(sampleQuery(address));
  return (
    <Box component="section" aria-labelledby="sample">
      <Title order={3} size="h5" mb="xs" id="sample">
        {t("sample")}
      </Title>
      {sample.isPending && <Waiting />}
      {sample.isError && <Failure error={sample.error} retry={() => void sample.refetch()} />}
      {sample.isSuccess && sample.data.rows.length === 0 && <Nothing title={t("noRows")} />}
      {sample.isSuccess && sample.data.rows.length > 0 && (
        <Suspense fallback={<Waiting />}>
          <ResultTable source={fixedRows(sample.data)} label={t("sampleOf", { table: address.table })} height={360} />
        </Suspense>
      )}
    </Box>
  );
}
