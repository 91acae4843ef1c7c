import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { grantsQuery, type Shared } from "../../api/grants";
import { CopyText } from "../../components/CopyText";
import { Failure } from "../../components/Failure";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";
import { GrantForm } from "./GrantForm";
import { GrantList } from "./GrantList";

interface ShareDialogProps {
  target: Shared;
  opened: boolean;
  onClose: () => void;
}

/** With whom a report or a folder is shared, and what they may. */
export function ShareDialog({ target, opened, onClose }: ShareDialogProps) {
  const { t } = useTranslation("sharing");
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={target.report === undefined ? t("titleFolder") : t("title")}
      closeButtonProps={{ "aria-label": t("close") }}>
      {opened && <Sharing target={target} />}
    </Modal>
  );
}

function Sharing({ target }: { target: Shared }) {
  const { t } = useTranslation("sharing");
  const grants = useQuery(grantsQuery(target));
  if (grants.isPending) return <Waiting />;
  if (grants.isError) return <Failure error={grants.error} retry={() => void grants.refetch()} />;
  const address = window.location.origin + (target.report === undefined ? paths.home(target.folder) : paths.report(target.report));
  return (
    <Stack>
      <GrantForm target={target} />
      {grants.data.length === 0 ? <Text c="dimmed">{t("nobody")}</Text> : <GrantList target={target} grants={grants.data} />}
      <Alert color="gray" variant="light">
        <Text size="sm">{t("sources")}</Text>
      </Alert>
      <Group justify="flex-end">
        <CopyText text={address}>
          {(copied, copy) => (
            <Button variant="default" leftSection={<IconLink size={16} aria-hidden />} onClick={copy}>
              {copied ? t("copied") : t("copyAddress")}
            </Button>
          )}
        </CopyText>
      </Group>
    </Stack>
  );
}
