import { Button, Divider, Group, Modal, Radio, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Link, linksQuery, type Run, useCreateLink } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { LinkRow } from "./LinkRow";

const hour = 3600;
const lives = ["hour", "day", "week", "kept"] as const;
type Life = (typeof lives)[number];
const seconds: Record<Life, number | undefined> = { hour, day: 24 * hour, week: 168 * hour, kept: undefined };

/** Makes links to the files of a run, and takes them back. */
export function LinksDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const { t } = useTranslation(["results", "general"]);
  return (
    <Modal opened onClose={onClose} title={t("links.title")} size="lg" closeButtonProps={{ "aria-label": t("general:close") }}>
      <Stack>
        <NewLink run={run} />
        <Divider />
        <Links run={run} />
      </Stack>
    </Modal>
  );
}

function NewLink({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const [file, setFile] = useState(run.artifacts[0]!.id);
  const [who, setWho] = useState<string>("people");
  const [life, setLife] = useState<Life>("week");
  const create = useCreateLink(run.id);
  const send = () => create.mutate({ artifact: file, anyone: who === "anyone", expires_in: seconds[life] });
  return (
    <Stack gap="sm">
      <Select label={t("links.file")} data={run.artifacts.map(({ id, name }) => ({ value: id, label: name }))} value={file} allowDeselect={false}
        onChange={(id) => id !== null && setFile(id)} />
      <Radio.Group label={t("links.who")} value={who} onChange={setWho}>
        <Stack gap={6} mt={4}>
          <Radio value="people" label={t("links.people")} description={t("links.peopleText")} />
          <Radio value="anyone" label={t("links.anyone")} description={t("links.anyoneText")} />
        </Stack>
      </Radio.Group>
      <Select label={t("links.life")} data={lives.map((value) => ({ value, label: t(`links.lives.${value}`) }))} value={life} allowDeselect={false}
        onChange={(value) => value !== null && setLife(value as Life)} />
      {create.isError && <Failure error={create.error} />}
      <Group justify="flex-end">
        <Button onClick={send} loading={create.isPending}>
          {t("links.create")}
        </Button>
      </Group>
    </Stack>
  );
}

function Links({ run }: { run: Run }) {
  const { t } = useTranslation("results");
  const links = useQuery(linksQuery(run.id));
  if (links.data === undefined) {
    return links.isPending ? <Waiting /> : <Failure error={links.error} retry={() => void links.refetch()} />;
  }
  const open = links.data.filter(stillOpens);
  return (
    <Stack gap="xs" aria-live="polite">
      <Text fw={600} size="sm">
        {t("links.existing")}
      </Text>
      {open.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("links.none")}
        </Text>
      )}
      {open.map((link) => (
        <LinkRow key={link.id} run={run} link={link} />
      ))}
    </Stack>
  );
}

function stillOpens(link: Link): boolean {
  return link.revoked === null && Date.parse(link.expires) > Date.now();
}
