import { NavLink, ScrollArea, Stack, Text } from "@mantine/core";
import {
  IconActivity, IconClipboardList, IconDatabase, IconFilePlus, IconHistory, IconHome, IconPlugConnected, IconPuzzle, IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { paths } from "../paths";
import { useRole } from "../session/SessionContext";

interface Entry {
  to: string;
  label: string;
  icon: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
}

/** What the person may open. Those who only run reports see two things. */
export function Navigation({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation();
  const writes = useRole("analyst");
  const administers = useRole("administrator");
  return (
    <ScrollArea flex={1}>
      <Stack gap="lg">
        <Entries onChosen={onChosen} entries={[
          { to: paths.home(), label: t("navigation.reports"), icon: IconHome },
          { to: paths.runs(), label: t("navigation.runs"), icon: IconHistory },
        ]} />
        {writes && (
          <Entries onChosen={onChosen} title={t("navigation.sectionWrite")} entries={[
            { to: paths.writeNew(), label: t("navigation.newReport"), icon: IconFilePlus },
            { to: paths.schema(), label: t("navigation.schema"), icon: IconDatabase },
            { to: paths.snippets(), label: t("navigation.snippets"), icon: IconPuzzle },
          ]} />
        )}
        {administers && (
          <Entries onChosen={onChosen} title={t("navigation.sectionAdminister")} entries={[
            { to: paths.people(), label: t("navigation.people"), icon: IconUsers },
            { to: paths.connections(), label: t("navigation.connections"), icon: IconPlugConnected },
            { to: paths.audit(), label: t("navigation.audit"), icon: IconClipboardList },
            { to: paths.system(), label: t("navigation.system"), icon: IconActivity },
          ]} />
        )}
      </Stack>
    </ScrollArea>
  );
}

function Entries({ title, entries, onChosen }: { title?: string; entries: Entry[]; onChosen: () => void }) {
  const { pathname } = useLocation();
  return (
    <div>
      {title !== undefined && (
        <Text size="xs" fw={600} c="dimmed" px="sm" mb={4}>
          {title}
        </Text>
      )}
      {entries.map(({ to, label, icon: Icon }) => {
        const active = to === "/" ? pathname === "/" || pathname.startsWith("/r/") : pathname.startsWith(to);
        return (
          <NavLink key={to} component={Link} to={to} label={label} leftSection={<Icon size={18} aria-hidden />} active={active}
            aria-current={active ? "page" : undefined} onClick={onChosen} style={{ borderRadius: "var(--mantine-radius-md)" }} />
        );
      })}
    </div>
  );
}
