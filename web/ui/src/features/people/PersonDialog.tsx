import { Button, Divider, Group, Modal, MultiSelect, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { groupsQuery, type Person, useChangePerson, useEndSessions, useMembership, useResetPassword } from "../../api/people";
import { Failure } from "../../components/Failure";
import { useSession } from "../../session/SessionContext";
import { OncePassword } from "./OncePassword";
import { RoleChoice } from "./RoleChoice";

/** A person: who they are, what they may, and the ways to help or stop them. */
export function PersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation("people");
  const [name, setName] = useState(person.name);
  const [email, setEmail] = useState(person.email);
  const [role, setRole] = useState(person.role);
  const change = useChangePerson(person.id);
  const send = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ name: name.trim(), email: email.trim(), role }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={person.name === "" ? person.email : person.name} size="lg" closeButtonProps={{ "aria-label": t("close") }}>
      <form onSubmit={send}>
        <Stack>
          <TextInput label={t("name")} value={name} data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={t("email")} type="email" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
          <RoleChoice value={role} onChange={setRole} />
          {change.isError && <Failure error={change.error} />}
          <Group justify="flex-end"><Button type="submit" loading={change.isPending}>{t("save")}</Button></Group>
        </Stack>
      </form>
      <Divider my="md" />
      <Memberships person={person} />
      <Divider my="md" />
      <Access person={person} />
    </Modal>
  );
}

/** Each choice holds at once. */
function Memberships({ person }: { person: Person }) {
  const { t } = useTranslation("people");
  const groups = useQuery(groupsQuery);
  const membership = useMembership();
  const set = (wanted: string[]) => {
    const left = person.groups.find((group) => !wanted.includes(group));
    const joined = wanted.find((group) => !person.groups.includes(group));
    const group = groups.data?.find((known) => known.name === (joined ?? left));
    if (group !== undefined) membership.mutate({ group: group.id, person: person.id, member: joined !== undefined });
  };
  return (
    <Stack>
      <MultiSelect label={t("tab.groups")} description={t("groupsAtOnce")} searchable value={person.groups} onChange={set} disabled={membership.isPending}
        nothingFoundMessage={t("noGroups")} data={groups.data?.map((group) => group.name) ?? []} />
      {membership.isError && <Failure error={membership.error} />}
    </Stack>
  );
}

function Access({ person }: { person: Person }) {
  const { t } = useTranslation("people");
  const self = useSession().person.id === person.id;
  const reset = useResetPassword(person.id);
  const end = useEndSessions(person.id);
  const change = useChangePerson(person.id);
  const failed = [reset, end, change].find((mutation) => mutation.isError);
  return (
    <Stack>
      <Group gap="xs">
        <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>{t("newPassword")}</Button>
        <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>{end.isSuccess ? t("signedOut") : t("signOut")}</Button>
        {!self && (
          <Button variant="default" loading={change.isPending} c={person.disabled === null ? "var(--mantine-color-error)" : undefined}
            onClick={() => change.mutate({ disabled: person.disabled === null })}>
            {person.disabled === null ? t("disable") : t("enable")}
          </Button>
        )}
      </Group>
      {reset.isSuccess && <OncePassword email={person.email} password={reset.data} />}
      {failed && <Failure error={failed.error} />}
    </Stack>
  );
}
