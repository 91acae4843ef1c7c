/** Every address of the pages. Nobody else writes one down. */
const part = encodeURIComponent;

/** What may follow an address, as in `?values=…`; empty ones are left out. */
function query(parameters: Record<string, string | number | undefined>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

export const paths = {
  home: (folder?: string, options: { tag?: string; view?: "deleted" } = {}) => `/${query({ folder, ...options })}`,
  signIn: (next?: string) => `/sign-in${query({ next })}`,
  signedIn: () => "/signed-in",
  report: (slug: string, options: { run?: string } = {}) => `/r/${part(slug)}${query(options)}`,
  write: (slug: string) => `/r/${part(slug)}/edit`,
  writeNew: (options: { draft?: string; folder?: string } = {}) => `/new${query(options)}`,
  history: (slug: string, options: { from?: number; to?: number } = {}) => `/r/${part(slug)}/history${query(options)}`,
  run: (id: string) => `/runs/${part(id)}`,
  runs: (options: { report?: string; mine?: string } = {}) => `/runs${query(options)}`,
  schema: (options: { source?: string; database?: string; table?: string } = {}) => `/schema${query(options)}`,
  snippets: (name?: string) => `/snippets${name === undefined ? "" : `/${part(name)}`}`,
  people: (tab?: "groups" | "sources") => `/people${tab === undefined ? "" : `/${tab}`}`,
  connections: () => "/connections",
  audit: (options: { object?: string } = {}) => `/audit${query(options)}`,
  system: () => "/system",
  account: (tab?: "sessions" | "tokens") => `/account${tab === undefined ? "" : `/${tab}`}`,
  help: (page = "", anchor = "") =>
    `/help/${document.documentElement.lang === "ru" ? "ru/" : ""}${page}${anchor === "" ? "" : `#${anchor}`}`,
  apiDocs: () => "/api/docs",
};
