import { ActionIcon, Badge, Box, Group, Paper, Text, UnstyledButton } from "@mantine/core";
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconGripVertical, IconQuestionMark } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import type { Declared } from "../fields";
import { choiceOf, icons } from "../kinds";
import classes from "../list/list.module.css";
import type { FieldActions } from "../list/useFieldActions";
import { saidOf } from "../problems";
import { FieldBody } from "./FieldBody";
import { FieldMenu } from "./FieldMenu";

interface FieldCardProps {
  id: string;
  index: number;
  field: Declared;
  opened: boolean;
  /** It was just made: one begins to write at once. */
  fresh: boolean;
  onToggle: () => void;
  actions: FieldActions;
}

/** One field of the form: what it is, and opened all that is set about it. */
export function FieldCard({ id, index, field, opened, fresh, onToggle, actions }: FieldCardProps) {
  const { t } = useTranslation("write");
  const { problems, readOnly, fields } = useDesigner();
  const body = useId();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id, disabled: readOnly });
  const choice = choiceOf(field);
  const Icon = choice === undefined ? IconQuestionMark : icons[choice];
  const name = field.label || field.name || t("designer.unnamed");
  const wrong = saidOf(problems, ["form", index]).length;
  const Chevron = opened ? IconChevronUp : IconChevronDown;
  return (
    <Paper component="li" withBorder ref={setNodeRef} shadow={isDragging ? "md" : undefined} pos="relative"
      style={{ transform: CSS.Translate.toString(transform), transition, zIndex: isDragging ? 2 : undefined }}>
      <div className={classes.head}>
        {!readOnly && (
          <ActionIcon ref={setActivatorNodeRef} {...attributes} {...listeners} className={classes.handle} variant="subtle" color="gray" size="md"
            aria-label={t("designer.drag", { name })}>
            <IconGripVertical size={16} aria-hidden />
          </ActionIcon>
        )}
        <UnstyledButton className={classes.toggle} onClick={onToggle} aria-expanded={opened} aria-controls={body}>
          <Group gap="sm" wrap="nowrap">
            <Icon size={20} stroke={1.5} aria-hidden style={{ flex: "none" }} />
            <Box style={{ minWidth: 0, flex: 1 }}>
              <Text size="sm" fw={600} truncate>
                {name}
                {field.required && <Text span c="red" aria-hidden> *</Text>}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {choice === undefined ? field.kind || field.type : t(`designer.kinds.${choice}`)}
                {field.name !== "" && <> · <span style={{ fontFamily: "var(--mantine-font-family-monospace)" }}>.{field.name}</span></>}
              </Text>
            </Box>
            {wrong > 0 && (
              <Badge color="red" variant="light" leftSection={<IconAlertTriangle size={12} aria-hidden />} style={{ flex: "none" }}>
                {t("designer.problems", { count: wrong })}
              </Badge>
            )}
            <Chevron size={16} aria-hidden style={{ flex: "none" }} />
          </Group>
        </UnstyledButton>
        {!readOnly && <FieldMenu name={name} index={index} count={fields.length} opened={opened} actions={actions} />}
      </div>
      <div id={body}>{opened && <div className={classes.body}><FieldBody index={index} field={field} fresh={fresh} /></div>}</div>
    </Paper>
  );
}
