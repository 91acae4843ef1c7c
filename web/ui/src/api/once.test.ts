import { expect, it, vi } from "vitest";

import { once } from "./once";

it("acts once for what is asked twice at the same time", async () => {
  const act = vi.fn((given: { name: string }) => Promise.resolve({ secret: given.name + act.mock.calls.length }));
  const steady = once(act);
  const [first, second, other] = await Promise.all([steady({ name: "a" }), steady({ name: "a" }), steady({ name: "b" })]);
  expect(first.secret).toBe("a1");
  expect(second).toBe(first);
  expect(other.secret).toBe("b2");
  expect(act).toHaveBeenCalledTimes(2);
});

it("acts again when the former has ended, also when it failed", async () => {
  const act = vi.fn().mockRejectedValueOnce(new Error("no")).mockResolvedValueOnce("yes");
  const steady = once(act);
  await expect(steady("x")).rejects.toThrow("no");
  await expect(steady("x")).resolves.toBe("yes");
});
