import { beforeEach, describe, expect, it } from "vitest";

import { strayed } from "./strayed";

describe("the focus after going to another page", () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <nav><a id="runs" href="/runs">Runs</a></nav>
      <main id="content"><button id="tab">Tab</button></main>
      <div role="dialog"><input id="password"></div>`;
  });
  const at = (id: string) => document.getElementById(id);
  const main = () => at("content")!;

  it("is left behind where what had it is gone, or led here from around the content", () => {
    expect(strayed(document.body, main())).toBe(true);
    expect(strayed(null, main())).toBe(true);
    expect(strayed(at("runs"), main())).toBe(true);
  });

  it("stays in the content and in what is above it", () => {
    expect(strayed(at("tab"), main())).toBe(false);
    expect(strayed(main(), main())).toBe(false);
    expect(strayed(at("password"), main())).toBe(false);
  });
});
