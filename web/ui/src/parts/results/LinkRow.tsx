import { Button, CopyButton, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Link, type Run, useRevokeLink } from "../../api/runs";
import { Failure } from "../../components/Failure";
import { useFormat } from "../../i18n/format";
import { useSession } from "../../session/SessionContext";
import { useMayManage } from "./useLevel";

/** A link that opens: what to, for whom, until when. */
export function LinkRow({ run, link }: { run: Run; link: Link }) {
  const { t } = useTranslation(["results", "general"]);
  const format = useFormat();
  const revoke = useRevokeLink(run.id);
  const mine = useSession().person.email === link.person;
  const manages = useMayManage(run);
  const file = run.artifacts.find(({ id }) => id === link.artifact);
  const address = link.url === "" ? "" : new URL(link.url, window.location.origin).href;
  return (
    <Paper withBorder p="xs">
      <Stack gap={6}>
        {address !== "" && (
          <Group gap="xs" wrap="nowrap">
            <TextInput size="xs" style={{ flex: 1 }} readOnly value={address} aria-label={t("links.address", { file: file?.name ?? "" })}
              onFocus={(event) => event.currentTarget.select()} />
            <CopyButton value={address}>
              {({ copied, copy }) => (
                <Button size="xs" variant="light" onClick={copy} leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}>
                  {copied ? t("general:copied") : t("general:copy")}
                </Button>
              )}
            </CopyButton>
          </Group>
        )}
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {[
              file?.name, link.anyone ? t("links.forAnyone") : t("links.forPeople"), mine ? undefined : link.person_name,
              t("links.until", { moment: format.moment(link.expires) }), t("links.opened", { count: link.opened }),
            ].filter((part) => part !== undefined).join(" · ")}
          </Text>
          {(mine || manages) && (
            <Button size="compact-xs" variant="subtle" color="red" loading={revoke.isPending} onClick={() => revoke.mutate(link.id)}>
              {t("links.revoke")}
            </Button>
          )}
        </Group>
        {revoke.isError && <Failure error={revoke.error} />}
      </Stack>
    </Paper>
  );
}
