import { Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Person } from "../../api/people";
import { roles } from "./roles";

/** The roles with what each may, since one chooses rights here and not names. */
export function RoleChoice({ value, onChange }: { value: Person["role"]; onChange: (role: Person["role"]) => void }) {
  const { t } = useTranslation("people");
  return (
    <Radio.Group label={t("role")} value={value} onChange={(role) => onChange(role as Person["role"])}>
      <Stack gap="xs" mt={6}>
        {roles.map((role) => <Radio key={role} value={role} label={t(`roles.${role}`)} description={t(`roleText.${role}`)} />)}
      </Stack>
    </Radio.Group>
  );
}
