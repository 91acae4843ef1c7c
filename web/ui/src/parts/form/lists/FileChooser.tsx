import { Button, FileButton, Text } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../../../i18n/format";
import { ColumnChoice } from "./ColumnChoice";
import { decode, largestFile, type Table, tableOf } from "./files";

interface FileChooserProps {
  label: string;
  disabled: boolean;
  onText: (text: string) => void;
}

/** Takes the items of a list from a file, which stays in the browser. Of several columns one is chosen. */
export function FileChooser({ label, disabled, onText }: FileChooserProps) {
  const { t, i18n } = useTranslation("form");
  const format = useFormat();
  const [table, setTable] = useState<Table>();
  const [trouble, setTrouble] = useState("");
  const read = async (file: File | null) => {
    if (file === null) return;
    setTrouble("");
    if (/\.(xlsx?|ods|numbers)$/i.test(file.name)) return setTrouble(t("notText"));
    if (file.size > largestFile) return setTrouble(t("fileTooLarge", { size: format.bytes(largestFile) }));
    const text = decode(new Uint8Array(await file.arrayBuffer()), i18n.resolvedLanguage ?? "en");
    const found = tableOf(text);
    if (found === undefined) onText(text.replace(/^\ufeff/, "").trim());
    else setTable(found);
  };
  return (
    <>
      <FileButton accept=".csv,.txt,.tsv,text/plain,text/csv" onChange={(file) => void read(file)} disabled={disabled}>
        {(props) => (
          <Button {...props} size="compact-sm" variant="default" leftSection={<IconFileUpload size={16} aria-hidden />} disabled={disabled}>
            {t("fromFile")}
          </Button>
        )}
      </FileButton>
      {trouble !== "" && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {trouble}
        </Text>
      )}
      {table && (
        <ColumnChoice
          table={table}
          label={label}
          onClose={() => setTable(undefined)}
          onText={(text) => {
            setTable(undefined);
            onText(text);
          }}
        />
      )}
    </>
  );
}
