import { lazy, Suspense, useCallback, useSyncExternalStore } from "react";

import { Waiting } from "../../../components/Waiting";
import type { Checked } from "../check/useCheck";
import { useDesk } from "../desk/DeskContext";
import type { Edit } from "../document";

const FormDesigner = lazy(() => import("../form/FormDesigner").then((module) => ({ default: module.FormDesigner })));

/** The form designer edits the same document. */
export function DesignerTab({ checked }: { checked: Checked }) {
  const { store, readOnly, report, folder } = useDesk();
  const { text } = useSyncExternalStore(store.subscribe, store.get);
  const apply = useCallback((edits: Edit[]) => store.change(edits), [store]);
  return (
    <Suspense fallback={<Waiting />}>
      <FormDesigner text={text} apply={apply} readOnly={readOnly} problems={checked.problems} report={report?.slug} folder={folder} />
    </Suspense>
  );
}
