import type { Scope, Token } from "../../api/account";

/** Each may all that those before it may. */
export const scopes: Scope[] = ["read", "run", "write", "admin"];

/** The scopes a person of the role can use. */
export function scopesFor(role: "member" | "analyst" | "administrator"): Scope[] {
  if (role === "member") return ["read", "run"];
  return role === "analyst" ? ["read", "run", "write"] : scopes;
}

/** A scope with those it brings along. */
export function upTo(scope: Scope): Scope[] {
  return scopes.slice(0, scopes.indexOf(scope) + 1);
}

/** The scope that says most of what a token may. */
export function highest(of: Scope[]): Scope {
  return scopes.findLast((scope) => of.includes(scope)) ?? "read";
}

export function stateOf(token: Token, now: Date): "valid" | "expired" | "revoked" {
  if (token.revoked !== null) return "revoked";
  return token.expires !== null && new Date(token.expires) <= now ? "expired" : "valid";
}

const day = 86_400;

/** How long a token may live, in seconds; 0 is for ever. */
export const lifetimes = { days30: 30 * day, days90: 90 * day, year: 365 * day, ever: 0 } as const;
export type Lifetime = keyof typeof lifetimes;
