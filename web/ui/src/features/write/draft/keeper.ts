import type { Draft } from "../../../api/drafts";

/** What is known of a text that is not saved yet. */
export type DraftState =
  /** Nothing was changed. */
  | { is: "none" }
  /** It was changed and is about to be sent. */
  | { is: "changed" }
  | { is: "sending" }
  | { is: "kept"; at: number }
  /** It stands in this browser until the service can be reached. */
  | { is: "waiting"; error: unknown }
  /** The service will not take it. */
  | { is: "refused"; error: unknown }
  /** Another window kept something else. */
  | { is: "apart"; theirs: Draft };

/** Where drafts are kept. Without drafts of the service, only this browser keeps them. */
export interface DraftService {
  create: (text: string, base: number, leaving: boolean) => Promise<Draft>;
  save: (draft: Draft, text: string, base: number, leaving: boolean) => Promise<Draft>;
  /** The draft that is there, after a refusal because of it. */
  current: (draft: Draft | undefined) => Promise<Draft | null>;
  remove: (draft: Draft) => Promise<void>;
}

/** What stands in this browser while the service does not have it. */
export interface LocalCopy {
  text: string;
  base: number;
  at: number;
}

export interface LocalKeep {
  put: (copy: LocalCopy) => void;
  clear: () => void;
}

export interface KeeperOptions {
  service: DraftService | undefined;
  local: LocalKeep;
  /** The text as it is saved. */
  saved: string;
  base: number;
  draft?: Draft;
  /** How an error is to be taken. */
  kind: (error: unknown) => "apart" | "gone" | "unreachable" | "refused";
  now?: () => number;
  later?: (act: () => void, ms: number) => () => void;
}

const quiet = 1_000; // ms without typing before it is sent
const patience = [2_000, 5_000, 15_000, 30_000]; // ms between attempts

function laterByTimer(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

/** Keeps a text while it is written: one request at a time, the latest text last. */
export class DraftKeeper {
  private state: DraftState = { is: "none" };
  private draft: Draft | undefined;
  private text: string;
  private saved: string;
  private base: number;
  private keptText: string;
  private sending: Promise<void> | undefined;
  private cancelTimer: () => void = () => undefined;
  private failures = 0;
  private closed = false;
  private readonly watching = new Set<() => void>();
  private readonly now: () => number;
  private readonly later: (act: () => void, ms: number) => () => void;

  constructor(private readonly options: KeeperOptions) {
    this.draft = options.draft;
    this.text = this.saved = options.saved;
    this.keptText = options.draft?.document ?? options.saved;
    this.base = options.base;
    this.now = options.now ?? Date.now;
    this.later = options.later ?? laterByTimer;
    if (options.draft !== undefined) this.state = { is: "kept", at: Date.parse(options.draft.updated) };
  }

  readonly get = (): DraftState => this.state;

  readonly subscribe = (tell: () => void): (() => void) => {
    this.watching.add(tell);
    return () => this.watching.delete(tell);
  };

  /** The draft of the service, once there is one. */
  get kept(): Draft | undefined {
    return this.draft;
  }

  /** Whether something would be lost without this browser. */
  get unsent(): boolean {
    return this.options.service === undefined ? this.text !== this.saved : !["none", "kept"].includes(this.state.is);
  }

  changed(text: string): void {
    if (text === this.text) return;
    this.text = text;
    if (this.state.is === "apart" || this.closed) return;
    if (text === this.keptText && this.sending === undefined) {
      this.cancelTimer();
      return this.show(this.draft === undefined ? { is: "none" } : { is: "kept", at: this.now() });
    }
    if (this.state.is !== "sending" && this.state.is !== "waiting") this.show({ is: "changed" });
    this.schedule(quiet);
  }

  /** Sends what is there now. `leaving` when the page goes away. */
  async flush(leaving = false): Promise<void> {
    this.cancelTimer();
    if (this.text !== this.keptText) this.putLocally();
    if (this.options.service === undefined || this.closed || this.state.is === "apart") return;
    if (this.sending !== undefined && !leaving) return this.sending;
    if (this.text === this.keptText) return;
    this.sending = this.send(this.options.service, leaving).finally(() => (this.sending = undefined));
    await this.sending;
    if (this.text !== this.keptText && this.state.is === "sending") this.schedule(0);
  }

  private async send(service: DraftService, leaving: boolean): Promise<void> {
    const { text, base } = this;
    this.show({ is: "sending" });
    try {
      const told = this.draft === undefined ? await service.create(text, base, leaving) : await service.save(this.draft, text, base, leaving);
      this.draft = { ...told, document: text };
      this.keptText = text;
      this.failures = 0;
      if (this.closed) return;
      if (this.text === text) {
        this.options.local.clear();
        this.show({ is: "kept", at: this.now() });
      }
    } catch (error) {
      await this.failed(service, error);
    }
  }

  private async failed(service: DraftService, error: unknown): Promise<void> {
    const kind = this.options.kind(error);
    if (kind === "apart") {
      const theirs = await service.current(this.draft).catch(() => null);
      if (theirs?.document === this.text) return this.adopt(theirs);
      if (theirs !== null) return this.show({ is: "apart", theirs });
    }
    if (kind === "gone" || kind === "apart") {
      this.draft = undefined; // it was dropped or saved elsewhere: what is written here is a new one
      return this.retry(error);
    }
    this.putLocally();
    if (kind === "refused") return this.show({ is: "refused", error });
    this.retry(error);
  }

  private retry(error: unknown): void {
    this.putLocally();
    this.show({ is: "waiting", error });
    this.schedule(patience[Math.min(this.failures++, patience.length - 1)]!);
  }

  private adopt(theirs: Draft): void {
    this.draft = theirs;
    this.keptText = theirs.document ?? this.text;
    this.options.local.clear();
    this.show({ is: "kept", at: this.now() });
  }

  /** Goes on with what is written here; what the other window kept is replaced. */
  keepMine(): void {
    if (this.state.is !== "apart") return;
    this.draft = this.state.theirs;
    this.keptText = this.draft.document ?? "";
    this.show({ is: "changed" });
    void this.flush();
  }

  /** Goes on with what the other window kept, and tells its text. */
  takeTheirs(): string | undefined {
    if (this.state.is !== "apart") return undefined;
    const { theirs } = this.state;
    this.text = theirs.document ?? "";
    this.adopt(theirs);
    return this.text;
  }

  /** The text is saved in a revision: there is no draft any more. */
  async done(text: string, revision: number): Promise<void> {
    this.base = revision;
    await this.drop(text);
  }

  /** The text that is saved is another now; what is written here goes on from it. */
  rebase(revision: number): void {
    this.base = revision;
  }

  /** Throws the draft away. `text` is what stands here from now on. */
  async drop(text: string): Promise<void> {
    this.cancelTimer();
    await this.sending?.catch(() => undefined);
    this.cancelTimer();
    this.options.local.clear();
    const { draft } = this;
    const later = this.text !== text && this.saved !== text ? this.text : undefined;
    this.draft = undefined;
    this.saved = this.keptText = text;
    if (draft !== undefined) await this.options.service?.remove(draft);
    if (later === undefined) this.show({ is: "none" });
    else this.schedule(quiet);
  }

  /** Nobody writes here any more: what is not sent is sent. */
  close(): void {
    void this.flush();
    this.closed = true;
    this.cancelTimer();
  }

  private putLocally(): void {
    if (this.text !== this.saved) this.options.local.put({ text: this.text, base: this.base, at: this.now() });
  }

  private schedule(ms: number): void {
    this.cancelTimer();
    this.cancelTimer = this.later(() => void this.flush(), ms);
  }

  private show(state: DraftState): void {
    this.state = state;
    for (const tell of this.watching) tell();
  }
}
