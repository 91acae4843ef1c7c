import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { hasCode } from "../../api/query";
import { type Session, useSignIn } from "../../api/session";
import { Failure } from "../../components/Failure";

/** Email and password. With an email given, it is for this person alone. */
export function SignInForm({ email: known, onDone }: { email?: string; onDone: (session: Session) => void }) {
  const { t } = useTranslation("session");
  const [email, setEmail] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const send = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email: email.trim(), password }, { onSuccess: onDone, onSettled: () => setPassword("") });
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <TextInput
          label={t("email")}
          name="email"
          type="email"
          autoComplete="username"
          required
          readOnly={known !== undefined}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("password")}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
        />
        {signIn.isError && <Failure error={hasCode(signIn.error, "unauthenticated") ? new Error(t("refused")) : signIn.error} />}
        <Button type="submit" loading={signIn.isPending}>
          {t("signIn")}
        </Button>
      </Stack>
    </form>
  );
}
