import { Button, Checkbox, Group, Modal, MultiSelect, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { groupsQuery, type Person, useCreatePerson } from "../../api/people";
import { sessionOptionsQuery } from "../../api/session";
import { Failure } from "../../components/Failure";
import { OncePassword } from "./OncePassword";
import { RoleChoice } from "./RoleChoice";

/** Adds somebody. With a password their first sign-in asks for one of their own; without, they come through the provider. */
export function NewPersonDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("people");
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Person["role"]>("member");
  const [groups, setGroups] = useState<string[]>([]);
  const [withPassword, setWithPassword] = useState(true);
  const known = useQuery(groupsQuery);
  const options = useQuery(sessionOptionsQuery);
  const create = useCreatePerson();
  const send = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ email: email.trim(), name: name.trim(), role, groups, password: withPassword });
  };
  return (
    <Modal opened onClose={onClose} title={t("add")} size="lg" closeOnClickOutside={!create.isSuccess} closeButtonProps={{ "aria-label": t("close") }}>
      {create.isSuccess ? (
        <Stack>
          <OnceOrNothing email={create.data.person.email} password={create.data.password} />
          <Group justify="flex-end"><Button onClick={onClose}>{t("done")}</Button></Group>
        </Stack>
      ) : (
        <form onSubmit={send}>
          <Stack>
            <TextInput label={t("email")} type="email" required data-autofocus autoComplete="off" value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
            <TextInput label={t("name")} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <RoleChoice value={role} onChange={setRole} />
            <MultiSelect label={t("tab.groups")} searchable value={groups} onChange={setGroups} nothingFoundMessage={t("noGroups")}
              data={known.data?.map(({ id, name: label }) => ({ value: id, label })) ?? []} />
            {(options.data?.oidc.length ?? 0) > 0 && (
              <Checkbox label={t("withPassword")} checked={withPassword} onChange={(event) => setWithPassword(event.currentTarget.checked)} />
            )}
            {create.isError && <Failure error={create.error} />}
            <Group justify="flex-end"><Button type="submit" loading={create.isPending}>{t("add")}</Button></Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function OnceOrNothing({ email, password }: { email: string; password: string }) {
  const { t } = useTranslation("people");
  return password === "" ? <>{t("addedWithout", { email })}</> : <OncePassword email={email} password={password} />;
}
