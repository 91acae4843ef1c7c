import { Alert, Stack, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { parseDocument, type Edit } from "../document";
import { type Designer, DesignerContext } from "./DesignerContext";
import { fieldsOf } from "./fields";
import { changeFront, frontOf } from "./front";
import { FieldList } from "./list/FieldList";
import { type DocumentProblem, placed } from "./problems";
import { SettingsSection } from "./settings/SettingsSection";
import { usesOf } from "./uses";
import { isSound, mistakes } from "./yaml/part";

export interface FormDesignerProps {
  text: string;
  apply: (edits: Edit[], label: string) => void;
  readOnly?: boolean;
  problems?: DocumentProblem[];
  /** The report that the document is of. */
  report?: string;
  /** Where it is, or is to be. */
  folder?: string;
}

const none: DocumentProblem[] = [];

/** The settings and the form of a document, edited in its text: what is not changed keeps every byte. */
export function FormDesigner({ text, apply, readOnly = false, problems = none, report, folder = "" }: FormDesignerProps) {
  const { t } = useTranslation("write");
  const base = useMemo(() => read(text), [text]);
  const said = useMemo(() => placed(base.model, base.part, problems), [base, problems]);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  const designer = useMemo<Designer>(() => {
    const edit = (edits: Edit[] | undefined, label: string) => {
      if (readOnly) return;
      if (edits === undefined) notifications.show({ id: "by-hand", color: "yellow", message: t("designer.byHand") });
      else if (edits.length > 0) apply(edits, label);
    };
    return { ...base, text, problems: said, readOnly, report, folder, edit, change: (operations, label) => edit(changeFront(latest.current, operations), label) };
  }, [base, text, said, readOnly, report, folder, apply, t]);
  if (!isSound(base.part)) return <Unreadable designer={designer} />;
  return (
    <DesignerContext value={designer}>
      <Stack gap="lg">
        <SettingsSection />
        <Stack gap="sm" component="section" aria-label={t("designer.fields")}>
          <Title order={2} size="h4">
            {t("designer.fields")}
          </Title>
          <FieldList />
        </Stack>
      </Stack>
    </DesignerContext>
  );
}

function read(text: string) {
  const model = parseDocument(text);
  const part = frontOf(model);
  return { model, part, fields: isSound(part) ? fieldsOf(part) : [], uses: isSound(part) ? usesOf(model) : [] };
}

function Unreadable({ designer: { part } }: { designer: Designer }) {
  const { t } = useTranslation("write");
  const [first] = mistakes(part);
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t("designer.broken")}>
      {t("designer.brokenText")}
      {first !== undefined && <pre style={{ whiteSpace: "pre-wrap", marginBottom: 0 }}>{first.message}</pre>}
    </Alert>
  );
}

export default FormDesigner;
