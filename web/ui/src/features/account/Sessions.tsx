import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { mySessionsQuery, type SessionInfo, useEndMySession } from "../../api/account";
import { Ago } from "../../components/Ago";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { useFormat } from "../../i18n/format";
import { browserOf } from "./agent";

/** Where the person is signed in, and the way out elsewhere. */
export function Sessions() {
  const { t } = useTranslation("account");
  const sessions = useQuery(mySessionsQuery);
  if (sessions.isPending) return <Waiting />;
  if (sessions.isError) return <Failure error={sessions.error} retry={() => void sessions.refetch()} />;
  const ordered = [...sessions.data].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <Stack>
      <Text c="dimmed">{t("sessionsText")}</Text>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {ordered.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Stack>
    </Stack>
  );
}

function SessionRow({ session }: { session: SessionInfo }) {
  const { t } = useTranslation("account");
  const format = useFormat();
  const end = useEndMySession();
  const { name, system } = browserOf(session.agent);
  const place = name === "" ? session.agent || t("unknownBrowser") : system === "" ? name : t("browserOn", { name, system });
  return (
    <Paper component="li" withBorder p="md" radius="lg">
      <Group justify="space-between" align="flex-start">
        <div style={{ flex: "1 1 260px", minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{place}</Text>
            {session.current && <Badge variant="light" color="green" tt="none">{t("here")}</Badge>}
          </Group>
          <Text size="sm" c="dimmed" className="numbers">
            {session.address} · {t("seen")} <Ago at={session.seen} />
          </Text>
          <Text size="sm" c="dimmed" className="numbers">
            {t("since", { when: format.moment(session.created) })} · {t("until", { when: format.moment(session.expires) })}
          </Text>
          {end.isError && <Failure error={end.error} />}
        </div>
        {!session.current && (
          <Button variant="default" size="xs" loading={end.isPending} aria-label={t("signOutOf", { place })} onClick={() => end.mutate(session.id)}>
            {t("signOutThere")}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
