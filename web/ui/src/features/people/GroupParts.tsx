import { Anchor, Text } from "@mantine/core";

import type { Group } from "../../api/people";

export interface GroupListProps {
  groups: Group[];
  onOpen: (id: string) => void;
}

/** The name of a group; pressed, it opens its people and limits. */
export function GroupTitle({ group, onOpen }: { group: Group; onOpen: (id: string) => void }) {
  return <Anchor component="button" type="button" inherit ta="start" onClick={() => onOpen(group.id)}>{group.name}</Anchor>;
}

export function GroupLimits({ group }: { group: Group }) {
  return Object.entries(group.limits).map(([field, values]) => <Text key={field} size="sm" lineClamp={2}>{field}: {values.join(", ")}</Text>);
}
