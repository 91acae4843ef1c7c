import { Box, Group, Paper, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import type { AuditEvent } from "../../api/audit";
import { Cards } from "../../components/Cards";
import { Details } from "./Details";
import { DetailsButton, EventObject, type EventProps } from "./EventParts";
import { useEvent } from "./useEvent";

/** The events where a table does not fit. */
export function AuditCards({ events, onObject }: { events: AuditEvent[]; onObject: (id: string) => void }) {
  const { t } = useTranslation("audit");
  return (
    <Cards label={t("title")}>
      {events.map((event) => <Card key={event.id} event={event} onObject={onObject} />)}
    </Cards>
  );
}

function Card({ event, onObject }: EventProps) {
  const { when, who, by, action, object, tells } = useEvent(event);
  const [open, { toggle }] = useDisclosure(false);
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Box style={{ minWidth: 0 }}>
          <Text size="xs" c="dimmed" className="numbers">{when}</Text>
          <Text fw={500} style={{ overflowWrap: "anywhere" }}>{who}</Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>{by}</Text>
        </Box>
        {tells && <DetailsButton action={action} open={open} onToggle={toggle} />}
      </Group>
      <Text size="sm" mt={4}>{action}</Text>
      <Text size="sm" component="div"><EventObject event={event} name={object} onObject={onObject} /></Text>
      {open && <Box mt="xs"><Details event={event} /></Box>}
    </Paper>
  );
}
