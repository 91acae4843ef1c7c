import { describe, expect, it } from "vitest";

import { highest, scopesFor, stateOf, upTo } from "./tokens";

const token = { id: "1", name: "", hint: "", scopes: [], created: "2026-01-01T00:00:00Z", expires: null, used: null, revoked: null };
const now = new Date("2026-06-01T12:00:00Z");

describe("tokens", () => {
  it("are valid, expired or revoked", () => {
    expect(stateOf(token, now)).toBe("valid");
    expect(stateOf({ ...token, expires: "2026-06-01T12:00:01Z" }, now)).toBe("valid");
    expect(stateOf({ ...token, expires: "2026-06-01T12:00:00Z" }, now)).toBe("expired");
    expect(stateOf({ ...token, expires: "2026-05-01T00:00:00Z", revoked: "2026-04-01T00:00:00Z" }, now)).toBe("revoked");
  });

  it("have a scope that brings the lesser ones along", () => {
    expect(upTo("run")).toEqual(["read", "run"]);
    expect(highest(["write", "read", "run"])).toBe("write");
  });

  it("of those who do not administer cannot administer", () => {
    expect(scopesFor("member")).not.toContain("write");
    expect(scopesFor("analyst")).not.toContain("admin");
    expect(scopesFor("administrator")).toContain("admin");
  });
});
