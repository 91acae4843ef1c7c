import { useQuery } from "@tanstack/react-query";
import { Outlet, Navigate, useLocation } from "react-router";

import { isSignedOut } from "../api/query";
import { type Role, sessionQuery } from "../api/session";
import { Failure } from "../components/Failure";
import { NotForYou } from "../components/NotFound";
import { Waiting } from "../components/Waiting";
import { ChangePasswordFirst } from "../features/session/ChangePasswordFirst";
import { SignInAgain } from "../features/session/SignInAgain";
import { paths } from "../paths";
import { SessionContext, useRole } from "./SessionContext";

/** Lets those in who are signed in. A session that ends while a page is open is opened again above the page, which stays as it is. */
export function Gate() {
  const session = useQuery(sessionQuery);
  const location = useLocation();
  if (session.data === undefined) {
    if (session.isPending) return <Waiting page />;
    if (isSignedOut(session.error)) {
      const here = location.pathname + location.search;
      return <Navigate replace to={paths.signIn(here === "/" ? undefined : here)} />;
    }
    return <Failure page error={session.error} retry={() => void session.refetch()} />;
  }
  if (session.data.person.temporary) return <ChangePasswordFirst session={session.data} />;
  return (
    <SessionContext value={session.data}>
      <Outlet />
      <SignInAgain email={session.data.person.email} />
    </SessionContext>
  );
}

/** Below the gate: only for those with the role. The server refuses the others anyway; this says so in words. */
export function ForRole({ role }: { role: Role }) {
  return useRole(role) ? <Outlet /> : <NotForYou />;
}
