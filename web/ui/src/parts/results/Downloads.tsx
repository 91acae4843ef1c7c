import { Alert, Box, Button, Group, SimpleGrid, Text, ThemeIcon, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBraces, IconDownload, IconFile, IconFileSpreadsheet, IconFileTypeCsv, IconFileZip, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Artifact, Run } from "../../api/runs";
import { useFormat } from "../../i18n/format";
import classes from "./Downloads.module.css";
import { useFormatName } from "./useFormatName";

/** How many files stand above the results; a report of many cells has more. */
const few = 6;

/** The files of a run, each a large button. */
export function Downloads({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const [all, { toggle }] = useDisclosure(false);
  if (run.files_removed !== null) {
    return (
      <Alert color="gray" icon={<IconTrash aria-hidden />}>
        {t("files.removed", { day: format.day(run.files_removed) })}
      </Alert>
    );
  }
  if (run.artifacts.length === 0) return null;
  return (
    <div>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: run.artifacts.length > 2 ? 3 : 2 }} spacing="sm">
        {(all ? run.artifacts : run.artifacts.slice(0, few)).map((artifact) => (
          <FileButton key={artifact.id} artifact={artifact} />
        ))}
      </SimpleGrid>
      {run.artifacts.length > few && (
        <Button mt="sm" size="sm" variant="default" aria-expanded={all} onClick={toggle}>
          {all ? t("files.fewer") : t("files.all", { files: format.number(run.artifacts.length) })}
        </Button>
      )}
      {run.files_expire !== null && (
        <Text size="xs" c="dimmed" mt={6}>
          {t("files.until", { day: format.day(run.files_expire) })}
        </Text>
      )}
    </div>
  );
}

function FileButton({ artifact }: { artifact: Artifact }) {
  const { t } = useTranslation("results");
  const format = useFormat();
  const nameOf = useFormatName();
  return (
    <UnstyledButton component="a" href={artifact.url} download={artifact.name} className={classes.file}>
      <Group wrap="nowrap" gap="sm">
        <ThemeIcon size={40} variant="light" color="green">
          <FileIcon artifact={artifact} />
        </ThemeIcon>
        <Box style={{ flex: 1, minWidth: 0 }}>
          <Text fw={600}>{t("files.download", { format: nameOf(artifact.format) })}</Text>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {artifact.name}
          </Text>
          <Text size="xs" c="dimmed" className="numbers">
            {t("files.rows", { count: artifact.rows, rows: format.number(artifact.rows) })} · {format.bytes(artifact.bytes)}
          </Text>
        </Box>
        <IconDownload size={20} aria-hidden />
      </Group>
    </UnstyledButton>
  );
}

function FileIcon({ artifact }: { artifact: Artifact }) {
  const zipped = artifact.name.endsWith(".zip");
  const Icon = zipped ? IconFileZip : ({ xlsx: IconFileSpreadsheet, csv: IconFileTypeCsv, json: IconBraces }[artifact.format] ?? IconFile);
  return <Icon size={24} aria-hidden />;
}
