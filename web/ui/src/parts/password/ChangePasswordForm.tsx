import { Button, PasswordInput, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { useChangePassword } from "../../api/session";
import { Failure } from "../../components/Failure";

interface ChangePasswordFormProps {
  /** The person has none yet, because they sign in elsewhere. */
  first?: boolean;
  onDone?: () => void;
}

/** The password one has, and the one to have from now on, twice. */
export function ChangePasswordForm({ first = false, onDone }: ChangePasswordFormProps) {
  const { t } = useTranslation("password");
  const [current, setCurrent] = useState("");
  const [chosen, setChosen] = useState("");
  const [again, setAgain] = useState("");
  const [differs, setDiffers] = useState(false);
  const change = useChangePassword();
  const send = (event: FormEvent) => {
    event.preventDefault();
    setDiffers(chosen !== again);
    if (chosen === again) change.mutate({ current, new: chosen }, { onSuccess: onDone });
  };
  const toggle = { visibilityToggleButtonProps: { "aria-label": t("showPassword") } };
  return (
    <form onSubmit={send}>
      <Stack>
        {!first && (
          <PasswordInput label={t("currentPassword")} autoComplete="current-password" required {...toggle}
            value={current} onChange={(event) => setCurrent(event.currentTarget.value)} />
        )}
        <PasswordInput label={t("newPassword")} autoComplete="new-password" required {...toggle}
          value={chosen} onChange={(event) => setChosen(event.currentTarget.value)} />
        <PasswordInput label={t("newPasswordAgain")} autoComplete="new-password" required {...toggle}
          error={differs ? t("differs") : undefined} value={again} onChange={(event) => setAgain(event.currentTarget.value)} />
        {change.isError && <Failure error={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {first ? t("setPassword") : t("changePassword")}
        </Button>
      </Stack>
    </form>
  );
}
