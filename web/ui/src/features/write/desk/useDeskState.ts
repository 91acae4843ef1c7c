import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import { sourcesQuery } from "../../../api/sources";
import type { Report } from "../../../api/reports";
import { reportForm, trialForm } from "../../../parts/form/backend";
import { useForm } from "../../../parts/form/useForm";
import { paths } from "../../../paths";
import { useRole } from "../../../session/SessionContext";
import { formTrouble } from "../check/formTrouble";
import { useCheck } from "../check/useCheck";
import { DocumentStore } from "../document/store";
import { DraftKeeper } from "../draft/keeper";
import { localKeep } from "../draft/local";
import { draftService, kindOf } from "../draft/service";
import { useKeeper } from "../draft/useKeeper";
import type { Carried } from "../open/carried";
import type { Opened } from "../open/opened";
import { noTrial } from "../run/trial";
import { useTrial } from "../run/useTrial";
import type { Desk, Drawing } from "./DeskContext";
import { Handles } from "./Handles";
import { settingsOf } from "./settings";
import { useSaving } from "./useSaving";

const noSources: Desk["sources"] = [];
const noFields: Desk["fields"] = [];

/** What was written last: here, in a draft, or what is saved. */
export function startText({ local, draft, saved }: Opened): string {
  const newer = local !== undefined && (draft === undefined || local.at >= Date.parse(draft.updated));
  return newer ? local.text : (draft?.document ?? saved);
}

/** Everything behind the page that writes a report. */
export function useDeskState(opened: Opened, carried: Carried | undefined, onSaved: (report: Report, first?: Carried) => void) {
  const tries = useRole("analyst");
  const { report } = opened;
  const readOnly = report !== undefined && (report.level !== "edit" || report.provisioned !== "");
  const drafts = tries && !readOnly;
  const [store] = useState(() => new DocumentStore(startText(opened)));
  const [handles] = useState(() => new Handles());
  const [saveOpen, setSaveOpen] = useState(false);
  const [drawing, setDrawing] = useState<Drawing>();
  const { text, model, canUndo, canRedo } = useSyncExternalStore(store.subscribe, store.get);
  const { keeper, state: draft } = useKeeper(
    () =>
      new DraftKeeper({
        service: drafts ? draftService(report?.id, opened.folder) : undefined,
        local: localKeep(opened.localKey),
        saved: opened.saved,
        base: opened.draft?.base ?? opened.local?.base ?? opened.base,
        draft: opened.draft,
        kind: kindOf,
      }),
    store,
  );
  const tried = useRef<Carried>({ trial: noTrial, values: {} });
  const saving = useSaving(opened, store, keeper, (saved) => onSaved(saved, report === undefined ? tried.current : undefined));
  const [settled] = useDebouncedValue(text, 800);
  const backend = useMemo(
    () => (tries || report === undefined ? trialForm(settled, { report: report?.id }) : reportForm(report.slug)),
    [settled, report, tries],
  );
  const form = useForm(backend, carried?.values);
  const trying = useTrial({ store, report: report?.id, values: form.given }, carried?.trial);
  useEffect(() => {
    tried.current = { trial: trying.trial, values: form.given };
  });
  const trouble = useMemo(() => formTrouble(form.failure, settled), [form.failure, settled]);
  const checked = useCheck(text, tries);
  const sources = useQuery({ ...sourcesQuery, enabled: tries });
  const front = model.front === undefined ? "" : text.slice(0, model.front.to);
  const settings = useMemo(() => settingsOf({ text: front, blocks: [], cells: [], front: { from: front.indexOf("\n") + 1, to: front.length }, newline: "\n" }), [front]);
  const save = useCallback(() => setSaveOpen(true), []);

  const refusedFields = trying.trial.ended?.fields;
  const { setErrors } = form;
  useEffect(() => {
    if (refusedFields !== undefined && refusedFields.length > 0) setErrors(refusedFields);
  }, [refusedFields, setErrors]);

  const draftId = keeper.kept?.id;
  useEffect(() => {
    if (report !== undefined || draftId === undefined) return;
    window.history.replaceState(window.history.state, "", paths.writeNew({ draft: draftId })); // so that a reload goes on with it
  }, [report, draftId, draft]);

  const fields = form.form?.fields ?? noFields;
  const names = sources.data ?? noSources;
  const source = settings.source || (names.some(({ name }) => name === "warehouse") ? "warehouse" : (names[0]?.name ?? "warehouse"));
  const { placed } = checked;
  const desk = useMemo<Desk>(
    () => ({ store, readOnly, tries, report, folder: report?.folder ?? opened.folder, trying, placed, sources: names, source, fields, values: form.given, handles, save, draw: setDrawing }),
    [store, readOnly, tries, report, opened.folder, trying, placed, names, source, fields, form.given, handles, save],
  );
  const dirty = text !== saving.base.text || saving.base.revision === 0;
  return { desk, text, model, canUndo, canRedo, keeper, draft, drafts, saving, checked, form, trouble, title: settings.title, dirty, saveOpen, setSaveOpen, drawing, setDrawing };
}
