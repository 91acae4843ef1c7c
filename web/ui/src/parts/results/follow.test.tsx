import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { isNewer, type Run, type RunProgress, withProgress } from "../../api/runs";
import { afterSignal, askEvery, follow, newLine, pause } from "./follow";

const told = (some: Partial<RunProgress>): RunProgress => ({ run: "r", status: "running", ahead: 0, attempt: 1, sequence: 1, cells: [], files: [], ...some });
const run = (some: Partial<Run>) => ({ id: "r", status: "running", attempt: 1, ahead: 0, ...some }) as Run;

describe("news of a run", () => {
  it("takes what is later and drops what was overtaken", () => {
    expect(isNewer(told({ sequence: 5 }), told({ sequence: 6 }))).toBe(true);
    expect(isNewer(told({ sequence: 5 }), told({ sequence: 4 }))).toBe(false);
    expect(isNewer(told({ sequence: 50 }), told({ attempt: 2, sequence: 1 }))).toBe(true);
    expect(isNewer(told({ attempt: 2 }), told({ attempt: 1, sequence: 99 }))).toBe(false);
    expect(isNewer(told({ status: "failed" }), told({ sequence: 99 }))).toBe(false);
  });

  it("moves a run on, from the queue to running, and its place in the queue", () => {
    const queued = run({ status: "queued", ahead: 3 });
    const closer = withProgress(queued, told({ status: "queued", sequence: 0, ahead: 1 }));
    expect(closer).toMatchObject({ status: "queued", ahead: 1 });
    const next = withProgress(closer, told({ status: "queued", sequence: 0, ahead: 0 }));
    expect(next.ahead).toBe(0);
    expect(withProgress(next, told({}))).toMatchObject({ status: "running", attempt: 1 });
  });

  it("lets a lost run wait again for its next attempt only", () => {
    const running = run({ progress: told({ sequence: 7 }) });
    expect(withProgress(running, told({ status: "queued", sequence: 0 })).status).toBe("running");
    expect(withProgress(running, told({ status: "queued", attempt: 2, sequence: 0 })).status).toBe("queued");
  });

  it("leaves a run that ended as it is", () => {
    const ended = run({ status: "succeeded" });
    expect(withProgress(ended, told({ sequence: 99 }))).toBe(ended);
  });
});

describe("the line", () => {
  it("waits longer after each failure, and from the beginning once something is heard", () => {
    let line = newLine(0);
    const pauses = [1, 2, 3, 4, 5, 6, 7].map((at) => {
      line = afterSignal(line, { is: "broken", at });
      return pause(line);
    });
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(askEvery(line)).toBeLessThan(askEvery(newLine(0)) + 1);
    line = afterSignal(line, { is: "heard", at: 10 });
    expect(line).toEqual({ state: "open", failures: 0, heard: 10 });
    expect(pause(afterSignal(line, { is: "broken", at: 11 }))).toBe(1000);
  });
});

class FakeSource {
  static all: FakeSource[] = [];
  closed = false;
  private listeners: Record<string, (event: MessageEvent<string>) => void> = {};
  constructor() {
    FakeSource.all.push(this);
  }
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners[type] = listener;
  }
  close() {
    this.closed = true;
  }
  say(type: string, data?: unknown) {
    this.listeners[type]?.({ data: JSON.stringify(data) } as MessageEvent<string>);
  }
}

describe("following a run", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    FakeSource.all = [];
  });
  afterEach(() => vi.useRealTimers());

  function start() {
    const ask = vi.fn(() => Promise.resolve());
    const onProgress = vi.fn();
    const onDone = vi.fn();
    const stop = follow({ open: () => new FakeSource(), ask, onProgress, onDone });
    return { ask, onProgress, onDone, stop };
  }

  it("tells progress and the end", () => {
    const { onProgress, onDone, stop } = start();
    FakeSource.all[0]!.say("progress", told({ sequence: 3 }));
    FakeSource.all[0]!.say("done", { id: "r" });
    expect(onProgress).toHaveBeenCalledWith(told({ sequence: 3 }));
    expect(onDone).toHaveBeenCalledWith({ id: "r" });
    stop();
  });

  it("asks at once when the line breaks, and opens it again after a pause", async () => {
    const { ask, stop } = start();
    FakeSource.all[0]!.say("error");
    expect(FakeSource.all[0]!.closed).toBe(true);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(FakeSource.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(FakeSource.all).toHaveLength(2);
    stop();
  });

  it("asks by itself when a proxy swallows the events", async () => {
    const { ask, stop } = start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ask.mock.calls.length).toBeGreaterThanOrEqual(3);
    stop();
  });

  it("asks rarely while it hears nothing new on a line that works", async () => {
    const { ask, stop } = start();
    FakeSource.all[0]!.say("progress", told({}));
    await vi.advanceTimersByTimeAsync(9000);
    expect(ask).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(ask).toHaveBeenCalledTimes(1);
    stop();
  });

  it("goes on at once when the network is back", () => {
    const { ask, stop } = start();
    window.dispatchEvent(new Event("online"));
    expect(ask).toHaveBeenCalledTimes(1);
    expect(FakeSource.all).toHaveLength(2);
    expect(FakeSource.all[0]!.closed).toBe(true);
    stop();
  });

  it("does nothing any more once it is stopped", async () => {
    const { ask, stop } = start();
    FakeSource.all[0]!.say("error");
    ask.mockClear();
    stop();
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(ask).not.toHaveBeenCalled();
    expect(FakeSource.all).toHaveLength(1);
  });
});
