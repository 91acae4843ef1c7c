import type { Run, RunProgress } from "../../api/runs";

/** How the line over which a run is followed stands. Failures are counted since something was last heard. */
export interface Line {
  state: "connecting" | "open" | "waiting";
  failures: number;
  /** When something was last heard, in milliseconds. */
  heard: number;
}

export type Signal =
  | { is: "opening"; at: number }
  | { is: "heard"; at: number }
  | { is: "broken"; at: number }
  /** The tab is looked at again, or the network is back: what failed before counts no more. */
  | { is: "woken"; at: number };

export const newLine = (at: number): Line => ({ state: "connecting", failures: 0, heard: at });

export function afterSignal(line: Line, signal: Signal): Line {
  switch (signal.is) {
    case "opening":
      return { ...line, state: "connecting" };
    case "heard":
      return { state: "open", failures: 0, heard: signal.at };
    case "broken":
      return { ...line, state: "waiting", failures: line.failures + 1 };
    case "woken":
      return { ...line, state: "connecting", failures: 0 };
  }
}

/** How long to wait before the line is opened again, in milliseconds: 1, 2, 4, … up to 30 seconds. */
export function pause(line: Line): number {
  return Math.min(1000 * 2 ** Math.max(0, line.failures - 1), 30_000);
}

/** How often to ask while nothing is heard: a proxy may hold events back, and the line looks well all the same. */
export function askEvery(line: Line): number {
  return line.state === "open" ? 10_000 : 3_000;
}

export interface Source {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface Following {
  /** Opens the line. */
  open: () => Source;
  /** Asks for the run itself. Whoever asks is told in its own way, also when that fails. */
  ask: () => Promise<unknown>;
  onProgress: (progress: RunProgress) => void;
  onDone: (run: Run) => void;
}

/** Follows a run until stop is called. It never gives up: the caller stops it when the run has ended. */
export function follow({ open, ask, onProgress, onDone }: Following): () => void {
  let line = newLine(Date.now());
  let source: Source | undefined;
  let again: number | undefined;
  let asking = false;

  const hear = () => {
    line = afterSignal(line, { is: "heard", at: Date.now() });
  };
  const askNow = () => {
    if (asking) return;
    asking = true;
    void ask().catch(() => undefined).finally(() => {
      asking = false;
    });
  };
  const shut = () => {
    source?.close();
    source = undefined;
    window.clearTimeout(again);
  };
  const broken = (mine: Source) => {
    if (source !== mine) return;
    shut();
    line = afterSignal(line, { is: "broken", at: Date.now() });
    askNow();
    again = window.setTimeout(connect, pause(line));
  };
  function connect() {
    shut();
    line = afterSignal(line, { is: "opening", at: Date.now() });
    const mine = open();
    source = mine;
    mine.addEventListener("progress", (event) => {
      hear();
      onProgress(JSON.parse(event.data) as RunProgress);
    });
    mine.addEventListener("done", (event) => {
      hear();
      onDone(JSON.parse(event.data) as Run);
    });
    mine.addEventListener("error", () => broken(mine));
  }
  const wake = () => {
    if (document.visibilityState === "hidden") return;
    line = afterSignal(line, { is: "woken", at: Date.now() });
    askNow();
    connect();
  };
  let asked = Date.now();
  const silence = window.setInterval(() => {
    const now = Date.now();
    if (now - Math.max(line.heard, asked) < askEvery(line)) return;
    asked = now;
    askNow();
  }, 1000);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  connect();
  return () => {
    shut();
    window.clearInterval(silence);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
  };
}
