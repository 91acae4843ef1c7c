import { useEffect } from "react";
import { useRouteError } from "react-router";

import { Failure } from "./Failure";

const lastReload = "vitrina.reloaded";

/** A page whose script is gone belongs to an earlier version of the service: it is loaded anew, once. */
function outdated(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

export function Broken() {
  const error = useRouteError();
  useEffect(() => {
    if (!outdated(error)) return;
    const before = Number(window.sessionStorage.getItem(lastReload) ?? 0);
    if (Date.now() - before < 60_000) return;
    window.sessionStorage.setItem(lastReload, String(Date.now()));
    window.location.reload();
  }, [error]);
  return <Failure page error={error} retry={() => window.location.reload()} />;
}
