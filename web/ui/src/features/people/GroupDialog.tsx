import { Button, Divider, Group as Row, Modal, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Group, type Limits, useChangeGroup, useDeleteGroup } from "../../api/people";
import { Failure } from "../../components/Failure";
import { LimitEditor } from "./LimitEditor";
import { Members } from "./Members";

export function GroupDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const { t } = useTranslation("people");
  const [name, setName] = useState(group.name);
  const [limits, setLimits] = useState<Limits>(group.limits);
  const change = useChangeGroup(group.id);
  const remove = useDeleteGroup();
  const send = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ ...(name.trim() === group.name ? {} : { name: name.trim() }), limits }, { onSuccess: onClose });
  };
  const ask = () =>
    modals.openConfirmModal({
      title: t("deleteGroupTitle", { name: group.name }),
      children: <Text size="sm">{t("deleteGroupText")}</Text>,
      labels: { confirm: t("deleteGroup"), cancel: t("cancel") },
      confirmProps: { color: "red.8" },
      onConfirm: () => remove.mutate(group.id, { onSuccess: onClose }),
    });
  return (
    <Modal opened onClose={onClose} size="lg" title={group.name} closeButtonProps={{ "aria-label": t("close") }}>
      <Members group={group.id} />
      <Divider my="md" />
      <form onSubmit={send}>
        <Stack>
          <TextInput label={t("groupName")} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <LimitEditor limits={limits} onChange={setLimits} />
          {change.isError && <Failure error={change.error} />}
          {remove.isError && <Failure error={remove.error} />}
          <Row justify="space-between">
            <Button variant="subtle" color="red.8" c="var(--mantine-color-error)" onClick={ask}>{t("deleteGroup")}</Button>
            <Button type="submit" loading={change.isPending}>{t("save")}</Button>
          </Row>
        </Stack>
      </form>
    </Modal>
  );
}
