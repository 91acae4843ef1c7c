import { Group as Row, Paper, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Cards } from "../../components/Cards";
import { GroupLimits, type GroupListProps, GroupTitle } from "./GroupParts";

/** The groups where a table does not fit. */
export function GroupCards({ groups, onOpen }: GroupListProps) {
  const { t } = useTranslation("people");
  return (
    <Cards label={t("tab.groups")}>
      {groups.map((group) => (
        <Paper key={group.id} component="li" withBorder p="sm">
          <Row justify="space-between" wrap="nowrap" align="baseline" gap="xs">
            <GroupTitle group={group} onOpen={onOpen} />
            <Text size="sm" c="dimmed" style={{ flex: "none" }}>{t("memberCount", { count: group.members })}</Text>
          </Row>
          {Object.keys(group.limits).length > 0 && <Text size="sm" c="dimmed">{t("limitedTo")}:</Text>}
          <GroupLimits group={group} />
        </Paper>
      ))}
    </Cards>
  );
}
