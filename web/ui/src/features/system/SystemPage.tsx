import { Alert, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconCircleCheck, IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { systemQuery } from "../../api/system";
import { Failure } from "../../components/Failure";
import { HelpLink } from "../../components/HelpLink";
import { Page } from "../../components/Page";
import { Waiting } from "../../components/Waiting";
import { useFormat } from "../../i18n/format";
import { nameOf } from "./names";
import { Parts } from "./Parts";
import { Processes } from "./Processes";
import { QueueFigures } from "./QueueFigures";

/** How the service is: what waits, who works, and whether everything it needs answers. */
export default function SystemPage() {
  const { t } = useTranslation("system");
  const format = useFormat();
  const system = useQuery(systemQuery);
  const about = system.data && t("about", { version: system.data.version, time: format.time(system.data.now) });
  return (
    <Page title={t("title")} about={<>{about} <HelpLink page="service">{t("help")}</HelpLink></>}>
      {system.isPending && <Waiting />}
      {system.isError && <Failure error={system.error} retry={() => void system.refetch()} />}
      {system.data && (
        <Stack gap="xl">
          <Verdict wrong={system.data.parts.filter((part) => !part.ok).map((part) => nameOf(part.name, t))} />
          <QueueFigures queue={system.data.queue} />
          <Parts parts={system.data.parts} />
          <Processes processes={system.data.processes} version={system.data.version} />
        </Stack>
      )}
    </Page>
  );
}

function Verdict({ wrong }: { wrong: string[] }) {
  const { t } = useTranslation("system");
  const format = useFormat();
  if (wrong.length === 0) return <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t("allWell")} role="status" />;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("notWell", { parts: format.list(wrong) })} role="alert">
      {t("notWellText")}
    </Alert>
  );
}

