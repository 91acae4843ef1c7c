import type { TFunction } from "i18next";

const parts = ["database", "schema", "files", "engine"] as const;
const figures = ["size", "files", "free", "connections", "memory", "restarts", "uptime"] as const;
const roles = ["all", "web", "worker", "scheduler"] as const;

/** A part by its name for people; one that is not known here goes by its own. */
export function nameOf(part: string, t: TFunction<"system">): string {
  const known = parts.find((name) => name === part);
  return known === undefined ? part : t(`part.${known}`);
}

export function figureName(figure: string, t: TFunction<"system">): string {
  const known = figures.find((name) => name === figure);
  return known === undefined ? figure : t(`figure.${known}`);
}

export function roleName(role: string, t: TFunction<"system">): string {
  const known = roles.find((name) => name === role);
  return known === undefined ? role : t(`role.${known}`);
}
