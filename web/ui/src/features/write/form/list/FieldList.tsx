import { Button, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Nothing } from "../../../../components/Nothing";
import { useDesigner } from "../DesignerContext";
import { FieldCard } from "../field/FieldCard";
import { AddField } from "./AddField";
import { useAnnouncements } from "./useAnnouncements";
import { useFieldActions } from "./useFieldActions";

const idOf = (index: number) => `field-${index}`;
const indexOf = (id: string | number) => Number(String(id).slice("field-".length));

/** The fields in the order of the form. One is open at a time. */
export function FieldList() {
  const { t } = useTranslation("write");
  const { fields, readOnly } = useDesigner();
  const [opened, setOpened] = useState<number>();
  const [adding, setAdding] = useState(false);
  const [fresh, setFresh] = useState<number>();
  const actions = useFieldActions((index, isNew) => {
    setOpened(index);
    setFresh(isNew ? index : undefined);
  });
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const accessibility = useAnnouncements(fields, indexOf);
  return (
    <Stack gap="xs">
      {fields.length === 0 && <Nothing title={t("designer.empty")} text={t("designer.emptyText")} />}
      <DndContext sensors={sensors} collisionDetection={closestCenter} accessibility={accessibility}
        onDragStart={() => setOpened(undefined)}
        onDragEnd={({ active, over }) => { if (over !== null) actions.move(indexOf(active.id), indexOf(over.id), false); }}>
        <SortableContext items={fields.map((_, index) => idOf(index))} strategy={verticalListSortingStrategy}>
          <Stack gap="xs" component="ol" m={0} p={0} style={{ listStyle: "none" }}>
            {fields.map((field, index) => (
              <FieldCard key={index} id={idOf(index)} index={index} field={field} opened={opened === index} fresh={fresh === index}
                onToggle={() => { setOpened(opened === index ? undefined : index); setFresh(undefined); }} actions={actions} />
            ))}
          </Stack>
        </SortableContext>
      </DndContext>
      {!readOnly && (
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)} style={{ alignSelf: "flex-start" }}>
          {t("designer.add")}
        </Button>
      )}
      {adding && <AddField onClose={() => setAdding(false)} onChoose={actions.add} />}
    </Stack>
  );
}
