import { Box, Button, CloseButton, Group, Text, Title } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { HelpLink } from "../../components/HelpLink";
import { paths } from "../../paths";
import { useSession } from "../../session/SessionContext";
import classes from "./Home.module.css";
import { NextSteps } from "./NextSteps";
import type { Welcome } from "./welcome";

/** For those who have never run a report: three steps to the first file, and what else their role begins with. */
export function WelcomeCard({ welcome, onDismiss }: { welcome: Welcome; onDismiss: () => void }) {
  const { t } = useTranslation("home");
  const { person } = useSession();
  const name = person.name.split(" ")[0] ?? "";
  return (
    <Box component="section" className={classes.welcome} p={{ base: "md", sm: "xl" }} mt="lg" aria-labelledby="welcome">
      <CloseButton pos="absolute" top={12} right={12} aria-label={t("welcome.close")} onClick={onDismiss} />
      <Title order={2} size="h3" id="welcome" pr="xl">
        {name === "" ? t("welcome.title") : t("welcome.titleNamed", { name })}
      </Title>
      <Text c="dimmed" mb="lg">
        {t("welcome.text")}
      </Text>
      <ol className={classes.steps}>
        <Step number={1} title={t("welcome.open")} text={t("welcome.openText")} />
        <Step number={2} title={t("welcome.fill")} text={t("welcome.fillText")} />
        <Step number={3} title={t("welcome.take")} text={t("welcome.takeText")} />
      </ol>
      <Group mt="lg" gap="md">
        <Button component={Link} to={paths.report(welcome.report.slug)} rightSection={<IconArrowRight size={18} aria-hidden />}
          h="auto" mih={36} py={6} styles={{ label: { whiteSpace: "normal" } }}>
          {t("welcome.begin", { title: welcome.report.title })}
        </Button>
        <Text size="sm">
          <HelpLink page="start-running">{t("welcome.help")}</HelpLink>
        </Text>
      </Group>
      <NextSteps next={welcome.next} />
    </Box>
  );
}

function Step({ number, title, text }: { number: number; title: string; text: ReactNode }) {
  return (
    <li>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <span className={classes.number} aria-hidden>
          {number}
        </span>
        <div>
          <Text fw={600} lh="28px">
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </div>
      </Group>
    </li>
  );
}
