import { Table, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import type { AuditEvent } from "../../api/audit";
import { Details } from "./Details";
import { DetailsButton, EventObject, type EventProps } from "./EventParts";
import { useEvent } from "./useEvent";

export function AuditTable({ events, onObject }: { events: AuditEvent[]; onObject: (id: string) => void }) {
  const { t } = useTranslation("audit");
  return (
    <Table.ScrollContainer minWidth={780} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "region", "aria-label": t("title") } }}>
      <Table withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={215}>{t("when")}</Table.Th>
            <Table.Th w="26%">{t("person")}</Table.Th>
            <Table.Th w="20%">{t("what")}</Table.Th>
            <Table.Th>{t("object")}</Table.Th>
            <Table.Th w={44}><VisuallyHidden>{t("detailsColumn")}</VisuallyHidden></Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map((event) => <Row key={event.id} event={event} onObject={onObject} />)}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ event, onObject }: EventProps) {
  const { when, who, by, action, object, tells } = useEvent(event);
  const [open, { toggle }] = useDisclosure(false);
  return (
    <>
      <Table.Tr>
        <Table.Td className="numbers">{when}</Table.Td>
        <Table.Td style={{ overflowWrap: "anywhere" }}>
          {who}
          <Text size="xs" c="dimmed">{by}</Text>
        </Table.Td>
        <Table.Td>{action}</Table.Td>
        <Table.Td><EventObject event={event} name={object} onObject={onObject} /></Table.Td>
        <Table.Td>{tells && <DetailsButton action={action} open={open} onToggle={toggle} />}</Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={5} bg="var(--vitrina-surface)">
            <Details event={event} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
