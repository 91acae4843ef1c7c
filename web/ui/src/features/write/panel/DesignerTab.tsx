import { useSyncExternalStore } from "react";

import { useDesk } from "../desk/DeskContext";

/** The form designer edits the same document. */
export function DesignerTab() {
  const { store } = useDesk();
  const { text } = useSyncExternalStore(store.subscribe, store.get);
  return <pre hidden>{text.length}</pre>;
}
