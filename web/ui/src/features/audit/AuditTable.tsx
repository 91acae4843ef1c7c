import { ActionIcon, Anchor, Table, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { AuditEvent } from "../../api/audit";
import { PersonName } from "../../components/PersonName";
import { useFormat } from "../../i18n/format";
import { Details } from "./Details";
import { actionWords, viaWords, whoWords } from "./words";

interface AuditTableProps {
  events: AuditEvent[];
  /** Somebody wants only what happened to one thing. */
  onObject: (id: string) => void;
}

export function AuditTable({ events, onObject }: AuditTableProps) {
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

function Row({ event, onObject }: { event: AuditEvent; onObject: (id: string) => void }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const [open, { toggle }] = useDisclosure(false);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const name = event.object_name === "" ? event.object_id : event.object_name;
  return (
    <>
      <Table.Tr>
        <Table.Td className="numbers">{format.moment(event.at)}</Table.Td>
        <Table.Td>
          <PersonName name={whoWords(event, t)} email={event.person} />
          <Text size="xs" c="dimmed">{[viaWords(event.via, t), event.address].filter((part) => part !== "").join(" · ")}</Text>
        </Table.Td>
        <Table.Td>{actionWords(event.action, t)}</Table.Td>
        <Table.Td>
          {event.object_id === "" ? name : (
            <Anchor component="button" type="button" inherit ta="start" onClick={() => onObject(event.object_id)}>{name}</Anchor>
          )}
        </Table.Td>
        <Table.Td>
          {Object.keys(event.details).length > 0 && (
            <ActionIcon variant="subtle" color="gray" aria-expanded={open} aria-label={t("details", { action: actionWords(event.action, t) })} onClick={toggle}>
              <Chevron size={16} aria-hidden />
            </ActionIcon>
          )}
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={5}>
            <Details event={event} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
