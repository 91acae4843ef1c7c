import { createContext, useContext } from "react";

import type { Role, Session } from "../api/session";

export const SessionContext = createContext<Session | null>(null);

/** The person who is signed in. Only below the gate. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession is used outside of the session's gate.");
  return session;
}

const ranks: Record<Role, number> = { member: 0, analyst: 1, administrator: 2 };

/** Whether the person has the role or one above it. */
export function useRole(atLeast: Role): boolean {
  return ranks[useSession().person.role] >= ranks[atLeast];
}
