import { useEffect } from "react";

/** The title of the browser's tab while the component is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Vitrina" : `${title} · Vitrina`;
  }, [title]);
}
