import { Box, SimpleGrid, Stack, Tabs, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { Prose } from "../../components/Prose";
import { useFormat } from "../../i18n/format";
import { fullHeight } from "./grid";
import { ResultChart } from "./ResultChart";
import type { Section } from "./sections";

interface Named {
  name: string;
  rows: number;
}

export interface TablePlace {
  height: string;
  /** It is the first of the result, which is looked at in any case. */
  first: boolean;
}

interface ResultSectionsProps<Table> {
  sections: Section<Table>[];
  table: (table: Table, place: TablePlace) => ReactNode;
}

const tall = "min(60vh, 560px)";
/** Half a row more, as a sign that there are others. */
const low = `${fullHeight(12.5)}px`;

/** A result as the report has it: text, tables and charts in their order. A table that is not the only one is lower. */
export function ResultSections<Table extends Named>({ sections, table }: ResultSectionsProps<Table>) {
  const first = sections.findIndex(({ kind }) => kind === "tables");
  const several = first !== sections.findLastIndex(({ kind }) => kind === "tables");
  return (
    <div>
      {sections.map((section, at) => (
        <Box key={at} mt={at === 0 || isTitled(section) ? 0 : "lg"}>
          {section.kind === "text" && <Prose text={section.text} />}
          {section.kind === "charts" && (
            <SimpleGrid cols={{ base: 1, lg: section.charts.length > 1 ? 2 : 1 }} spacing="lg">
              {section.charts.map((chart) => (
                <ResultChart key={chart.name} chart={chart} />
              ))}
            </SimpleGrid>
          )}
          {section.kind === "tables" && (
            <Tables tables={section.tables} named={several && !section.titled} show={(one) => table(one, { height: several ? low : tall, first: at === first })} />
          )}
        </Box>
      ))}
    </div>
  );
}

function isTitled<Table>(section: Section<Table>): boolean {
  return section.kind !== "text" && section.titled;
}

interface TablesProps<Table> {
  tables: Table[];
  /** One by itself tells its name. */
  named: boolean;
  show: (table: Table) => ReactNode;
}

/** Tables that follow each other: one by itself, or a tab for each. */
function Tables<Table extends Named>({ tables, named, show }: TablesProps<Table>) {
  const format = useFormat();
  const [only] = tables;
  if (only !== undefined && tables.length === 1) {
    return (
      <Stack gap={6}>
        {named && (
          <Text size="sm" fw={500}>
            {only.name}
          </Text>
        )}
        {show(only)}
      </Stack>
    );
  }
  return (
    <Tabs defaultValue={only?.name} keepMounted={false}>
      <Tabs.List mb="sm">
        {tables.map((table) => (
          <Tabs.Tab key={table.name} value={table.name}>
            {table.name}{" "}
            <Text span size="xs" c="dimmed" className="numbers">
              {format.number(table.rows)}
            </Text>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tables.map((table) => (
        <Tabs.Panel key={table.name} value={table.name}>
          {show(table)}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
