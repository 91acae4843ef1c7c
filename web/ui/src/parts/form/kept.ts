import type { Values } from "./values";

/** What was typed into a form, kept for this tab alone: values may be nobody else's business. */
export interface Kept {
  given: Values;
  /** The run that was shown below. */
  run?: string;
}

const prefix = "vitrina.form.";

/** Larger ones are not kept: a browser keeps about five megabytes for all pages together. */
const largest = 500_000;

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length * 12;
  return typeof value === "string" ? value.length : 0;
}

export const keptForm = {
  read(name: string): Kept | undefined {
    try {
      const text = window.sessionStorage.getItem(prefix + name);
      const kept = text === null ? undefined : (JSON.parse(text) as Partial<Kept>);
      return typeof kept?.given === "object" && kept.given !== null ? { given: kept.given, run: kept.run } : undefined;
    } catch {
      return undefined;
    }
  },

  /** Keeps what fits. */
  write(name: string, { given, run }: Kept): void {
    const small = Object.entries(given).filter(([, value]) => sizeOf(value) <= largest);
    try {
      if (small.length === 0 && run === undefined) window.sessionStorage.removeItem(prefix + name);
      else window.sessionStorage.setItem(prefix + name, JSON.stringify({ given: Object.fromEntries(small), run }));
    } catch {
      // a browser that keeps nothing, or is full, loses it with the page
    }
  },

  forget(name: string): void {
    try {
      window.sessionStorage.removeItem(prefix + name);
    } catch {
      // then there was nothing
    }
  },
};
