import { Box, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { HelpLink } from "../../components/HelpLink";
import { Nothing } from "../../components/Nothing";
import { paths } from "../../paths";
import { useSession } from "../../session/SessionContext";
import { NextSteps } from "./NextSteps";
import { nextOf } from "./welcome";

/** No report to run at all: what the person can do about it. */
export function EmptyHome() {
  const { t } = useTranslation("home");
  const { role, email } = useSession().person;
  const next = nextOf(role);
  const action = role === "member" ? (
    <HelpLink page="start-running">{t("welcome.help")}</HelpLink>
  ) : (
    <>
      <Button component={Link} to={paths.writeNew()} mt="xs">
        {t("next.write")}
      </Button>
      <NextSteps next={next.filter((step) => step !== "write")} />
    </>
  );
  return (
    <Box mt="xl">
      <Nothing title={t(`none.${role}`)} text={t(`none.${role}Text`, { email })} action={action} />
    </Box>
  );
}
