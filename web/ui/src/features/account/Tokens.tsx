import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useQuery } from "@tanstack/react-query";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { myTokensQuery, type Token, useRevokeToken } from "../../api/account";
import { Ago } from "../../components/Ago";
import { Failure } from "../../components/Failure";
import { HelpLink } from "../../components/HelpLink";
import { Nothing } from "../../components/Nothing";
import { Waiting } from "../../components/Waiting";
import { useFormat } from "../../i18n/format";
import { NewToken } from "./NewToken";
import { highest, stateOf } from "./tokens";

/** What programs sign in with as this person. */
export function Tokens() {
  const { t } = useTranslation("account");
  const tokens = useQuery(myTokensQuery);
  const [making, setMaking] = useState(false);
  if (tokens.isPending) return <Waiting />;
  if (tokens.isError) return <Failure error={tokens.error} retry={() => void tokens.refetch()} />;
  const now = new Date();
  const ordered = [...tokens.data].sort((a, b) => Number(stateOf(a, now) !== "valid") - Number(stateOf(b, now) !== "valid"));
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <Text c="dimmed" style={{ flex: "1 1 320px" }}>
          {t("tokensText")} <HelpLink page="api" anchor="tokens">{t("tokensHelp")}</HelpLink>
        </Text>
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setMaking(true)}>
          {t("newToken")}
        </Button>
      </Group>
      {tokens.data.length === 0 && <Nothing title={t("noTokens")} text={t("noTokensText")} />}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {ordered.map((token) => (
          <TokenRow key={token.id} token={token} now={now} />
        ))}
      </Stack>
      {making && <NewToken onClose={() => setMaking(false)} />}
    </Stack>
  );
}

function TokenRow({ token, now }: { token: Token; now: Date }) {
  const { t } = useTranslation("account");
  const format = useFormat();
  const revoke = useRevokeToken();
  const { t: general } = useTranslation();
  const state = stateOf(token, now);
  const ask = () =>
    modals.openConfirmModal({
      title: t("revoke"),
      children: t("revokeText", { name: token.name }),
      labels: { confirm: t("revoke"), cancel: general("cancel") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": general("close") },
      onConfirm: () => revoke.mutate(token.id),
    });
  return (
    <Paper component="li" withBorder p="md" radius="lg">
      <Group justify="space-between" align="flex-start">
        <div style={{ flex: "1 1 260px", minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{token.name}</Text>
            <Text span ff="monospace" size="sm" c="dimmed">{token.hint}…</Text>
            {state !== "valid" && <Badge variant="default" tt="none">{t(`tokenStates.${state}`)}</Badge>}
          </Group>
          <Text size="sm">{t(`scopes.${highest(token.scopes)}`)}</Text>
          <Text size="sm" c="dimmed" className="numbers">
            {t("made", { when: format.day(token.created) })} ·{" "}
            {token.expires === null ? t("never") : t("until", { when: format.day(token.expires) })} ·{" "}
            {token.used === null ? t("unused") : <>{t("used")} <Ago at={token.used} /></>}
          </Text>
          {revoke.isError && <Failure error={revoke.error} />}
        </div>
        {state === "valid" && (
          <Button variant="default" size="xs" loading={revoke.isPending} aria-label={t("revokeName", { name: token.name })} onClick={ask}>
            {t("revoke")}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
