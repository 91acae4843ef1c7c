import { useEffect, useState, useSyncExternalStore } from "react";

import type { DocumentStore } from "../document/store";
import type { DraftKeeper, DraftState } from "./keeper";

/** Keeps the text of a store while the page is shown, and tells how that stands. */
export function useKeeper(make: () => DraftKeeper, store: DocumentStore): { keeper: DraftKeeper; state: DraftState } {
  const [keeper] = useState(make);
  useEffect(() => {
    keeper.changed(store.get().text);
    const stop = store.subscribe(() => keeper.changed(store.get().text));
    const flush = () => void keeper.flush();
    const leave = () => void keeper.flush(true);
    const hidden = () => {
      if (document.visibilityState === "hidden") leave();
    };
    const warn = (event: BeforeUnloadEvent) => {
      if (keeper.unsent) event.preventDefault();
    };
    window.addEventListener("online", flush);
    window.addEventListener("blur", flush);
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("beforeunload", warn);
    return () => {
      stop();
      void keeper.flush();
      window.removeEventListener("online", flush);
      window.removeEventListener("blur", flush);
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("beforeunload", warn);
    };
  }, [keeper, store]);
  return { keeper, state: useSyncExternalStore(keeper.subscribe, keeper.get) };
}
