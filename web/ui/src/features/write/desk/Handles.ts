import type { CodeHandle } from "../../../parts/code";

interface Place {
  line: number;
  column?: number;
}

/** The editors that are shown, by block, so that a problem or a name in a list can find them. */
export class Handles {
  private readonly shown = new Map<string, CodeHandle>();
  private readonly openers = new Map<string, () => void>();
  private wanted: { key: string; place: Place } | undefined;
  private active: string | undefined;

  /** For the `handle` of an editor. */
  register(key: string, handle: CodeHandle | null): void {
    if (handle === null) {
      this.shown.delete(key);
      return;
    }
    this.shown.set(key, handle);
    if (this.wanted?.key !== key) return;
    const { place } = this.wanted;
    this.wanted = undefined;
    window.setTimeout(() => handle.goTo(place.line, place.column));
  }

  /** A block that shows its editor only when asked. */
  opener(key: string, open: () => void): () => void {
    this.openers.set(key, open);
    return () => this.openers.delete(key);
  }

  focused(key: string): void {
    this.active = key;
  }

  goTo(key: string, place: Place): void {
    const handle = this.shown.get(key);
    if (handle !== undefined) return handle.goTo(place.line, place.column);
    this.wanted = { key, place };
    this.openers.get(key)?.();
  }

  /** Types into the editor that was used last; false when there is none. */
  insert(text: string): boolean {
    const handle = this.active === undefined ? undefined : this.shown.get(this.active);
    handle?.insert(text);
    return handle !== undefined;
  }
}
