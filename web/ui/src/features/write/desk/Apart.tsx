import { Alert, Button, Group, Modal, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconGitBranch } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Failure } from "../../../components/Failure";
import { Waiting } from "../../../components/Waiting";
import { DiffView } from "../../../parts/code";

interface ApartProps {
  title: string;
  text: ReactNode;
  /** The text of the others, asked for when it is needed. */
  theirs: () => Promise<string>;
  /** Tells one text of the others from the next. */
  id: string;
  mine: () => string;
  onMine: () => void;
  onTheirs: (text: string) => void;
}

/** Somebody wrote something else meanwhile: look at both, then go on with one. */
export function Apart({ title, text, theirs, id, mine, onMine, onTheirs }: ApartProps) {
  const { t } = useTranslation(["write", "general"]);
  const [compared, setCompared] = useState<string>();
  const query = useQuery({ queryKey: ["write", "theirs", id], queryFn: theirs, staleTime: Infinity, gcTime: 0 });
  return (
    <Alert color="yellow" icon={<IconGitBranch aria-hidden />} title={title} role="alert" mb="md">
      <Text size="sm" mb="xs">{text}</Text>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => setCompared(mine())}>{t("apart.compare")}</Button>
        <Button size="xs" variant="default" onClick={onMine}>{t("apart.mine")}</Button>
        <Button size="xs" variant="default" disabled={query.data === undefined} onClick={() => onTheirs(query.data!)}>{t("apart.theirs")}</Button>
      </Group>
      <Modal opened={compared !== undefined} onClose={() => setCompared(undefined)} size="90%" title={t("apart.both")} closeButtonProps={{ "aria-label": t("general:close") }}>
        {query.isPending && <Waiting />}
        {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
        {query.data !== undefined && compared !== undefined && (
          <>
            <Group grow gap={0} mb="xs" visibleFrom="md">
              <Text size="sm" fw={600}>{t("apart.theirsSide")}</Text>
              <Text size="sm" fw={600}>{t("apart.mineSide")}</Text>
            </Group>
            <DiffView before={query.data} after={compared} labels={{ before: t("apart.theirsSide"), after: t("apart.mineSide") }} />
          </>
        )}
      </Modal>
    </Alert>
  );
}
