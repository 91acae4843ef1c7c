import { describe, expect, it } from "vitest";

import type { Draft } from "../../../api/drafts";
import { DraftKeeper, type DraftService, type LocalCopy } from "./keeper";

class Refusal extends Error {
  constructor(readonly kind: "apart" | "gone" | "unreachable" | "refused") {
    super(kind);
  }
}

function draftOf(document: string, version: number): Draft {
  return { id: "d", report_id: "r", report: "r", title: "", base: 1, folder: "", version, document, created: "", updated: "2026-01-01T00:00:00Z" };
}

/** A service with one draft, timers that are run by hand, and a browser that remembers. */
function desk(saved = "saved", draft?: Draft) {
  const timers: (() => void)[] = [];
  const kept: { draft?: Draft; local?: LocalCopy; fail?: Refusal; sent: string[]; removed: number } = { draft, sent: [], removed: 0 };
  const answer = (text: string): Draft => {
    if (kept.fail !== undefined) throw kept.fail;
    kept.sent.push(text);
    return (kept.draft = draftOf(text, (kept.draft?.version ?? 0) + 1));
  };
  const service: DraftService = {
    create: async (text) => {
      if (kept.draft !== undefined) throw new Refusal("apart");
      return answer(text);
    },
    save: async (mine, text) => {
      if (kept.draft === undefined) throw new Refusal("gone");
      if (kept.draft.version !== mine.version) throw new Refusal("apart");
      return answer(text);
    },
    current: async () => kept.draft ?? null,
    remove: async () => {
      kept.draft = undefined;
      kept.removed++;
    },
  };
  const keeper = new DraftKeeper({
    service, saved, base: 1, draft,
    local: { put: (copy) => (kept.local = copy), clear: () => (kept.local = undefined) },
    kind: (error) => (error instanceof Refusal ? error.kind : "refused"),
    now: () => 7,
    later: (act) => {
      timers.push(act);
      return () => timers.splice(timers.indexOf(act) >>> 0, 1);
    },
  });
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
  const tick = async () => {
    timers.pop()?.();
    await settle();
  };
  return { keeper, kept, tick, timers, settle };
}

describe("a draft", () => {
  it("is kept once typing pauses, and only then", async () => {
    const { keeper, kept, tick, timers } = desk();
    keeper.changed("a");
    keeper.changed("ab");
    expect([keeper.get().is, kept.sent, timers.length]).toEqual(["changed", [], 1]);
    await tick();
    expect(keeper.get()).toEqual({ is: "kept", at: 7 });
    keeper.changed("abc");
    await tick();
    expect(kept.sent).toEqual(["ab", "abc"]);
    expect(kept.draft?.version).toBe(2);
    expect(keeper.unsent).toBe(false);
  });

  it("is not begun when nothing is different in the end", async () => {
    const { keeper, kept, tick } = desk();
    keeper.changed("x");
    keeper.changed("saved");
    await tick();
    expect([keeper.get().is, kept.sent]).toEqual(["none", []]);
  });

  it("stands in the browser while the service cannot be reached, and is sent when it can", async () => {
    const { keeper, kept, tick } = desk();
    kept.fail = new Refusal("unreachable");
    keeper.changed("offline");
    await tick();
    expect(keeper.get().is).toBe("waiting");
    expect(kept.local).toEqual({ text: "offline", base: 1, at: 7 });
    expect(keeper.unsent).toBe(true);
    kept.fail = undefined;
    await tick();
    expect([keeper.get().is, kept.sent, kept.local]).toEqual(["kept", ["offline"], undefined]);
  });

  it("does not overwrite what another window kept, until told to", async () => {
    const { keeper, kept, tick, settle } = desk("saved", draftOf("begun", 1));
    kept.draft = draftOf("theirs", 5);
    keeper.changed("mine");
    await tick();
    expect(keeper.get()).toEqual({ is: "apart", theirs: kept.draft });
    keeper.changed("mine too");
    await tick();
    expect(kept.sent).toEqual([]);
    keeper.keepMine();
    await settle();
    expect([keeper.get().is, kept.sent, kept.draft.version]).toEqual(["kept", ["mine too"], 6]);
  });

  it("goes on with what another window kept", async () => {
    const { keeper, kept, tick } = desk();
    kept.draft = draftOf("theirs", 5);
    keeper.changed("mine");
    await tick();
    expect(keeper.takeTheirs()).toBe("theirs");
    keeper.changed("theirs and more");
    await tick();
    expect(kept.sent).toEqual(["theirs and more"]);
  });

  it("begins anew when it was dropped elsewhere", async () => {
    const { keeper, kept, tick } = desk("saved", draftOf("begun", 1));
    kept.draft = undefined;
    keeper.changed("more");
    await tick();
    expect(keeper.get().is).toBe("waiting");
    await tick();
    expect([keeper.get().is, kept.sent]).toEqual(["kept", ["more"]]);
  });

  it("is gone once the text is saved", async () => {
    const { keeper, kept, tick } = desk();
    keeper.changed("mine");
    await tick();
    await keeper.done("mine", 2);
    expect([keeper.get().is, kept.draft, kept.removed, kept.local]).toEqual(["none", undefined, 1, undefined]);
    await tick();
    expect(kept.sent).toEqual(["mine"]);
  });

  it("sends what is left when the page goes away", async () => {
    const { keeper, kept, settle } = desk();
    keeper.changed("last words");
    keeper.close();
    await settle();
    expect(kept.sent).toEqual(["last words"]);
  });

  it("says when the service will not have it", async () => {
    const { keeper, kept, tick, timers } = desk();
    kept.fail = new Refusal("refused");
    keeper.changed("too large");
    await tick();
    expect([keeper.get().is, kept.local?.text, timers.length]).toEqual(["refused", "too large", 0]);
  });
});
