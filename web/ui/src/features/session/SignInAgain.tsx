import { Button, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { sessionOptionsQuery } from "../../api/session";
import { paths } from "../../paths";
import { signedOut, useSignedOut } from "../../session/signedOut";
import { SignInForm } from "./SignInForm";

/** Signs the same person in again above a page that is open, so that nothing typed is lost. */
export function SignInAgain({ email }: { email: string }) {
  const { t } = useTranslation("session");
  const ended = useSignedOut();
  const options = useQuery({ ...sessionOptionsQuery, enabled: ended });
  return (
    <Modal opened={ended} onClose={signedOut.over} title={t("ended")} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack>
        <Text size="sm">{t("endedText")}</Text>
        {options.data?.oidc.map((provider) => (
          <Button key={provider.url} component="a" href={`${provider.url}?next=${encodeURIComponent(paths.signedIn())}`} target="_blank" variant="default">
            {t("signInWith", { name: provider.name })}
          </Button>
        ))}
        {(options.data?.password ?? true) && <SignInForm email={email} onDone={signedOut.overEverywhere} />}
      </Stack>
    </Modal>
  );
}
