import { Anchor, Box, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { paths } from "../../paths";
import type { Next } from "./welcome";

const targets: Record<Next, { to: string; help: string }> = {
  write: { to: paths.writeNew(), help: paths.help("start-writing") },
  connect: { to: paths.connections(), help: paths.help("start-administrators", "connect-your-database") },
  people: { to: paths.people(), help: paths.help("start-administrators", "let-people-in") },
};

/** What a role begins with, each with its page of the help. */
export function NextSteps({ next }: { next: Next[] }) {
  const { t } = useTranslation("home");
  if (next.length === 0) return null;
  return (
    <Box mt="lg" pt="md" style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}>
      <Text size="sm" c="dimmed" mb={6}>
        {t("next.title")}
      </Text>
      <Group gap="xl" align="flex-start">
        {next.map((step) => (
          <div key={step}>
            <Anchor component={Link} to={targets[step].to} fw={600} size="sm">
              {t(`next.${step}`)}
            </Anchor>
            <Text size="xs" c="dimmed">
              {t(`next.${step}Text`)}{" "}
              <Anchor href={targets[step].help} target="_blank" inherit aria-label={t("next.howAbout", { what: t(`next.${step}`) })}>
                {t("next.how")}
              </Anchor>
            </Text>
          </div>
        ))}
      </Group>
    </Box>
  );
}
