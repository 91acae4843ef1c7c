import type { Folder } from "../../api/reports";

export interface Place {
  path: string;
  name: string;
}

/** The last name of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder a folder is in; the root is in itself. */
export function above(path: string): string {
  const at = path.lastIndexOf("/");
  return at < 0 ? "" : path.slice(0, at);
}

/** The way to a folder, from the one below the root to itself. */
export function trailTo(path: string): Place[] {
  if (path === "") return [];
  return [...trailTo(above(path)), { path, name: nameOf(path) }];
}

/**
 * The folders directly in one, in the order of the language. A member is told only the folders with something in them, so one between
 * may be missing: it is made up from those below it.
 */
export function foldersIn(folders: Folder[], path: string, language: string): (Place & { below: number })[] {
  const inside = path === "" ? "" : `${path}/`;
  const counts = new Map(folders.map((folder) => [folder.path, folder.below]));
  const found = new Map<string, number>();
  for (const folder of folders) {
    if (folder.path === "" || !folder.path.startsWith(inside)) continue;
    const name = folder.path.slice(inside.length).split("/", 1)[0]!;
    found.set(name, counts.get(inside + name) ?? (found.get(name) ?? 0) + folder.reports);
  }
  const { compare } = new Intl.Collator(language, { numeric: true });
  return [...found].map(([name, below]) => ({ path: inside + name, name, below })).sort((a, b) => compare(a.name, b.name));
}
