import { Paper, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { sessionOptionsQuery } from "../../api/session";
import { useFormat } from "../../i18n/format";
import { ChangePasswordForm } from "../../parts/password/ChangePasswordForm";
import { useSession } from "../../session/SessionContext";
import { Looks } from "./Looks";

/** Who the person is here, how the pages look to them, and their password. */
export function Profile() {
  const { t } = useTranslation("account");
  const options = useQuery(sessionOptionsQuery);
  return (
    <Stack gap="lg">
      <Block title={t("who")}>
        <Who />
      </Block>
      <Block title={t("looks")}>
        <Looks />
      </Block>
      {options.data?.password && (
        <Block title={t("password")}>
          <Password />
        </Block>
      )}
    </Stack>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" radius="lg" component="section">
      <Title order={2} size="h4" mb="md">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function Who() {
  const { t } = useTranslation("account");
  const format = useFormat();
  const { person, limits } = useSession();
  const limited = Object.entries(limits);
  return (
    <Stack gap="sm">
      {person.name !== "" && <Fact name={t("name")} value={person.name} />}
      <Fact name={t("email")} value={person.email} />
      <Fact name={t("role")} value={t(`roles.${person.role}`)} text={t(`roles.${person.role}Text`)} />
      <Fact name={t("groups")} value={person.groups.length === 0 ? t("noGroups") : format.list(person.groups)} />
      <Fact name={t("limits")} value={limited.length === 0 ? t("noLimits") : ""} text={limited.length === 0 ? undefined : t("limitsText")}>
        {limited.map(([field, values]) => (
          <Text key={field}>{values.length === 0 ? t("limitNothing", { field }) : t("limit", { field, values: format.list(values) })}</Text>
        ))}
      </Fact>
      <Text size="sm" c="dimmed">
        {t("whoChanges")}
      </Text>
    </Stack>
  );
}

function Fact({ name, value, text, children }: { name: string; value: string; text?: string; children?: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      {value !== "" && <Text>{value}</Text>}
      {children}
      {text !== undefined && (
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      )}
    </div>
  );
}

function Password() {
  const { t } = useTranslation("account");
  const { person } = useSession();
  const [round, setRound] = useState(0);
  const done = () => {
    setRound(round + 1); // an empty form again
    notifications.show({ color: "green", message: t("passwordChanged") });
  };
  return (
    <Stack maw={400}>
      <Text size="sm" c="dimmed">
        {person.password ? t("passwordText") : t("passwordFirst")}
      </Text>
      <ChangePasswordForm key={round} first={!person.password} onDone={done} />
    </Stack>
  );
}
