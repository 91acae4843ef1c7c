import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { hasEnded, type Run, useCancelRun } from "../../api/runs";
import { useSentence } from "../../components/Failure";
import { paths } from "../../paths";
import { useSession } from "../../session/SessionContext";

/** What can be done with a run from a list: open its form again, or stop it. */
export function RunActions({ run }: { run: Run }) {
  return hasEnded(run.status) ? <Again run={run} /> : <Stop run={run} />;
}

function Again({ run }: { run: Run }) {
  const { t } = useTranslation("runs");
  return (
    <Tooltip label={t("again")}>
      <ActionIcon component={Link} to={paths.report(run.report, { run: run.id })} variant="subtle" color="gray" size="lg" aria-label={t("againOf", { title: run.title })}>
        <IconRefresh size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Whose runs are listed for somebody are theirs or of reports they may edit: they may stop all of them. */
function Stop({ run }: { run: Run }) {
  const { t } = useTranslation("runs");
  const { person } = useSession();
  const sentence = useSentence();
  const cancel = useCancelRun();
  const stopping = cancel.isPending || run.cancel_requested !== null;
  const stop = () => cancel.mutate(run.id, { onError: (error) => notifications.show({ color: "red", message: sentence(error) }) });
  return (
    <Group gap={0}>
      <Tooltip label={stopping ? t("stopping") : person.id === run.person_id ? t("stop") : t("stopOf", { person: run.person_name })}>
        <ActionIcon variant="subtle" color="gray" size="lg" loading={stopping} onClick={stop} aria-label={t("stopTitle", { title: run.title })}>
          <IconPlayerStop size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
