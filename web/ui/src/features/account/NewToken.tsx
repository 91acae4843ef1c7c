import { Alert, Button, Code, Group, Modal, Radio, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Scope, useCreateToken } from "../../api/account";
import { CopyText } from "../../components/CopyText";
import { Failure } from "../../components/Failure";
import { useSession } from "../../session/SessionContext";
import { type Lifetime, lifetimes, scopesFor, upTo } from "./tokens";

/** Makes a token and shows its secret, this once. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("account");
  const { t: general } = useTranslation();
  const create = useCreateToken();
  const made = create.data;
  return (
    <Modal opened onClose={onClose} title={made === undefined ? t("newToken") : t("tokenMade")} size="lg" closeOnClickOutside={made === undefined}
      closeButtonProps={{ "aria-label": general("close") }}>
      {made === undefined ? <TokenForm create={create} onClose={onClose} /> : <Secret secret={made.secret} onClose={onClose} />}
    </Modal>
  );
}

function TokenForm({ create, onClose }: { create: ReturnType<typeof useCreateToken>; onClose: () => void }) {
  const { t } = useTranslation("account");
  const { t: general } = useTranslation();
  const { person } = useSession();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("run");
  const [lifetime, setLifetime] = useState<Lifetime>("days90");
  const send = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim(), scopes: upTo(scope), expires_in: lifetimes[lifetime] || undefined });
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <TextInput label={t("tokenName")} description={t("tokenNameText")} required maxLength={100} data-autofocus
          value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Radio.Group label={t("scope")} value={scope} onChange={(chosen) => setScope(chosen as Scope)}>
          <Stack gap="xs" mt="xs">
            {scopesFor(person.role).map((each) => (
              <Radio key={each} value={each} label={t(`scopes.${each}`)} description={t(`scopes.${each}Text`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Select label={t("lifetime")} allowDeselect={false} value={lifetime} onChange={(chosen) => setLifetime(chosen as Lifetime)}
          description={lifetime === "ever" ? t("lifetimeEverText") : undefined}
          data={(Object.keys(lifetimes) as Lifetime[]).map((value) => ({ value, label: t(`lifetimes.${value}`) }))} />
        {create.isError && <Failure error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {general("cancel")}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ""}>
            {t("makeToken")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation("account");
  const { t: general } = useTranslation();
  return (
    <Stack>
      <Alert color="yellow" title={t("onceTitle")}>
        <Text size="sm">{t("onceText")}</Text>
      </Alert>
      <Code block style={{ wordBreak: "break-all", whiteSpace: "pre-wrap" }} aria-label={t("secret")}>
        {secret}
      </Code>
      <Group justify="flex-end">
        <CopyText text={secret}>
          {(copied, copy) => (
            <Button variant="default" onClick={copy} autoFocus leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}>
              {copied ? general("copied") : general("copy")}
            </Button>
          )}
        </CopyText>
        <Button onClick={onClose}>{t("kept")}</Button>
      </Group>
    </Stack>
  );
}
