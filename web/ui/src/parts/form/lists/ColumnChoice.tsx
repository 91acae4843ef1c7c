import { Button, Checkbox, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { columnOf, hasHeading, type Table } from "./files";
import { textOf } from "./items";

/** Which column of a file is meant. */
export function ColumnChoice({ table, label, onText, onClose }: { table: Table; label: string; onText: (text: string) => void; onClose: () => void }) {
  const { t } = useTranslation("form");
  const { t: general } = useTranslation();
  const [heading, setHeading] = useState(() => hasHeading(table));
  const [column, setColumn] = useState("0");
  const take = useMutation({
    mutationFn: async () => textOf(await columnOf(table, Number(column), heading)),
    onSuccess: onText,
  });
  const rows = heading ? table.head.slice(1) : table.head;
  return (
    <Modal opened onClose={onClose} title={t("whichColumn", { label })} closeButtonProps={{ "aria-label": general("close") }}>
      <Stack>
        <Checkbox label={t("heading")} checked={heading} onChange={(event) => setHeading(event.currentTarget.checked)} />
        <Radio.Group value={column} onChange={setColumn} aria-label={t("columns")}>
          <Stack gap="xs" mah="50vh" style={{ overflowY: "auto" }}>
            {(table.head[0] ?? []).map((cell, index) => (
              <Radio
                key={index}
                value={String(index)}
                label={heading && cell.trim() !== "" ? cell : t("columnNumber", { number: index + 1 })}
                description={rows.map((row) => row[index]).filter(Boolean).slice(0, 4).join(", ")}
              />
            ))}
          </Stack>
        </Radio.Group>
        {take.isError && <Text c="var(--mantine-color-error)">{take.error.message}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {general("cancel")}
          </Button>
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            {t("takeColumn")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
