import { Badge, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Process } from "../../api/system";
import { Ago } from "../../components/Ago";
import { roleName } from "./names";

/** The processes that share the work. One of another version is marked: an upgrade is half-way. */
export function Processes({ processes, version }: { processes: Process[]; version: string }) {
  const { t } = useTranslation("system");
  return (
    <div>
      <Title order={2} size="h4" id="processes" mb="sm">{t("processes")}</Title>
      <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "region", "aria-labelledby": "processes" } }}>
        <Table withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("host")}</Table.Th>
              <Table.Th>{t("roles")}</Table.Th>
              <Table.Th>{t("version")}</Table.Th>
              <Table.Th>{t("started")}</Table.Th>
              <Table.Th>{t("seen")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {processes.map((process) => (
              <Table.Tr key={process.id}>
                <Table.Td>{process.host} <Text span inherit c="dimmed">({process.pid})</Text></Table.Td>
                <Table.Td>{process.roles.map((role) => roleName(role, t)).join(", ")}</Table.Td>
                <Table.Td>
                  {process.version} {process.version !== version && <Badge variant="default" tt="none">{t("otherVersion")}</Badge>}
                </Table.Td>
                <Table.Td><Ago at={process.started} /></Table.Td>
                <Table.Td><Ago at={process.seen} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}
