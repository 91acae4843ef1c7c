import { ActionIcon, Group, Stack, Text } from "@mantine/core";
import { IconUser, IconUsers, IconUsersGroup, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Grant, type Shared, useGrant, useRevoke } from "../../api/grants";
import { Failure } from "../../components/Failure";
import { LevelSelect } from "./LevelSelect";

/** A grant of a folder above is shown where it holds, and changed where it was given. */
function isFrom(target: Shared, grant: Grant): boolean {
  return target.report === undefined ? grant.folder === target.folder : grant.report_id !== "";
}

export function GrantList({ target, grants }: { target: Shared; grants: Grant[] }) {
  const revoke = useRevoke(target);
  const change = useGrant(target);
  return (
    <Stack gap="xs" role="list">
      {grants.map((grant) => (
        <Row key={grant.id} grant={grant} own={isFrom(target, grant)}
          onLevel={(level) => change.mutate({ level, ...(grant.person_id ? { person_id: grant.person_id } : grant.group_id ? { group_id: grant.group_id } : {}) })}
          onRevoke={() => revoke.mutate(grant.id)} />
      ))}
      {revoke.isError && <Failure error={revoke.error} />}
      {change.isError && <Failure error={change.error} />}
    </Stack>
  );
}

interface RowProps {
  grant: Grant;
  own: boolean;
  onLevel: (level: Grant["level"]) => void;
  onRevoke: () => void;
}

function Row({ grant, own, onLevel, onRevoke }: RowProps) {
  const { t } = useTranslation("sharing");
  const everyone = grant.person_id === "" && grant.group_id === "";
  const Icon = everyone ? IconUsersGroup : grant.group_id === "" ? IconUser : IconUsers;
  const name = everyone ? t("everyone") : grant.person_name || grant.name;
  const email = grant.person_id === "" || name.includes(grant.name) ? "" : grant.name; // the name has it where several are called so
  return (
    <Group gap="sm" wrap="nowrap" role="listitem">
      <Icon size={18} aria-hidden />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" truncate>{name}</Text>
        {email !== "" && <Text size="xs" c="dimmed" truncate>{email}</Text>}
        {!own && <Text size="xs" c="dimmed">{grant.folder === "" ? t("fromRoot") : t("fromFolder", { folder: grant.folder })}</Text>}
      </div>
      {own ? (
        <>
          <LevelSelect aria-label={t("levelOf", { name })} value={grant.level} onChange={onLevel} />
          <ActionIcon variant="subtle" color="gray" aria-label={t("takeFrom", { name })} onClick={onRevoke}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </>
      ) : (
        <Text size="sm">{t(`level.${grant.level}`)}</Text>
      )}
    </Group>
  );
}
