import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors, type DragEndEvent } from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { Stack } from "@mantine/core";
import { Fragment, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { useDesk } from "../desk/DeskContext";
import { shownBlocks, type KeyedBlock } from "../desk/keys";
import type { DocumentModel } from "../document";
import { AddBlock } from "./AddBlock";
import { SettingsBlock } from "./SettingsBlock";
import { shownBody } from "./shown";
import { SqlCell } from "./SqlCell";
import { TextBlock } from "./TextBlock";
import { useBlockActions } from "./useBlockActions";
import { useDragWords } from "./useDragWords";
import { YamlCell } from "./YamlCell";

/** The document as its blocks, one below the other. */
export function Blocks() {
  const { t } = useTranslation("write");
  const { store, readOnly } = useDesk();
  const { model } = useSyncExternalStore(store.subscribe, store.get);
  const { actions, fresh, add, drop } = useBlockActions();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const blocks = shownBlocks(model);
  const movable = blocks.filter(({ block }) => block.kind !== "front");
  const words = useDragWords(movable);
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over !== null && over.id !== active.id) drop(String(active.id), String(over.id));
  };
  const end = model.blocks.length;
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd} accessibility={words}>
      <SortableContext items={movable.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
        <Stack gap={4}>
          {blocks.map((one, at) => (
            <Fragment key={one.key}>
              {!readOnly && one.block.kind !== "front" && <AddBlock where={t("add.before", { number: at })} onAdd={(kind) => add(kind, one.index)} />}
              <Shown one={one} model={model} movable={movable} fresh={fresh} actions={actions} />
            </Fragment>
          ))}
          {!readOnly && <AddBlock always where={t("add.end")} onAdd={(kind) => add(kind, end)} />}
        </Stack>
      </SortableContext>
    </DndContext>
  );
}

interface ShownProps {
  one: KeyedBlock;
  model: DocumentModel;
  movable: KeyedBlock[];
  fresh: string | undefined;
  actions: ReturnType<typeof useBlockActions>["actions"];
}

function Shown({ one: { key, index, block }, model, movable, fresh, actions }: ShownProps) {
  const place = { first: movable[0]?.key === key, last: movable.at(-1)?.key === key };
  if (block.kind === "front") return <SettingsBlock id={key} index={index} body={model.front === undefined ? "" : shownBody(model, model.front, true)} />;
  const shared = { id: key, index, ...place, fresh: fresh === key, actions };
  if (block.cell === undefined) {
    const cells = model.cells.map(({ name }) => name).filter((name) => name !== "").join(" ");
    return <TextBlock {...shared} text={model.text.slice(block.from, block.to)} cells={cells} />;
  }
  const { cell } = block;
  const earlier = model.cells.slice(0, model.cells.indexOf(cell)).filter(({ kind, name }) => kind !== "chart" && name !== "").map(({ name }) => name).join(" ");
  const props = {
    ...shared, name: cell.name, body: shownBody(model, cell.body, cell.closed), closed: cell.closed, source: cell.attributes.source ?? "", line: cell.line, earlier,
  };
  return cell.kind === "sql" ? <SqlCell {...props} /> : <YamlCell {...props} kind={cell.kind} />;
}
