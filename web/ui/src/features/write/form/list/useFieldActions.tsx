import { List, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useTranslation } from "react-i18next";

import { useDesigner } from "../DesignerContext";
import { type Choice, freeName, newField } from "../kinds";
import { usesOfName } from "../uses";
import { useWhere } from "../useWhere";
import { copyOf } from "../values";

export interface FieldActions {
  add: (choice: Choice) => void;
  /** `keep` leaves the field open that is. */
  move: (from: number, to: number, keep: boolean) => void;
  duplicate: (index: number) => void;
  remove: (index: number) => void;
}

/** What can be done with whole fields. A field that is added or copied is opened. */
export function useFieldActions(open: (index: number | undefined, isNew: boolean) => void): FieldActions {
  const { t } = useTranslation(["write", "general"]);
  const { fields, change, uses } = useDesigner();
  const where = useWhere();
  const names = fields.map(({ name }) => name);
  const insert = (at: number, value: ReturnType<typeof newField>, label: string) => {
    change([{ do: "insert", path: ["form"], at, value, block: true }], label);
    open(at, true);
  };
  const drop = (index: number) => {
    change([{ do: "remove", path: ["form", index] }], t("designer.remove"));
    open(undefined, false);
  };
  return {
    add: (choice) => {
      const option = { value: "1", label: t("designer.newOption", { number: 1 }) };
      insert(fields.length, newField(choice, freeName(t(`designer.names.${choice}`), names), t(`designer.kinds.${choice}`), option), t("designer.added"));
    },
    duplicate: (index) => {
      const field = fields[index]!;
      const label = field.label === "" ? "" : t("designer.copyOf", { label: field.label });
      insert(index + 1, copyOf(field, freeName(field.name, names), label), t("designer.duplicate"));
    },
    move: (from, to, keep) => {
      if (to < 0 || to >= fields.length || from === to) return;
      change([{ do: "move", path: ["form"], from, to }], t(to < from ? "designer.up" : "designer.down"));
      if (keep) open(to, false);
    },
    remove: (index) => {
      const places = where(usesOfName(uses, fields[index]!.name));
      if (places.length === 0 || names.filter((name) => name === names[index]).length > 1) return drop(index);
      modals.openConfirmModal({
        title: t("designer.removeTitle", { name: fields[index]!.label || fields[index]!.name }),
        children: (
          <>
            <Text size="sm">{t("designer.removeText")}</Text>
            <List size="sm" mt="xs">{places.map((place) => <List.Item key={place}>{place}</List.Item>)}</List>
          </>
        ),
        labels: { confirm: t("designer.removeDo"), cancel: t("cancel", { ns: "general" }) },
        confirmProps: { color: "red" },
        onConfirm: () => drop(index),
      });
    },
  };
}
