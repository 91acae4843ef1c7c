import { renderHook } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { heldDialog, useFocusBack } from "./useFocusBack";

const observed = () => new Promise((done) => setTimeout(done, 0));
const at = (id: string) => document.getElementById(id)!;

function openDialog(modal = true): HTMLElement {
  const around = document.createElement("div");
  around.innerHTML = `<section role="dialog" aria-modal="${modal}"><input></section>`;
  document.body.append(around);
  around.querySelector("input")!.focus();
  return around;
}

describe("the focus after a dialog", () => {
  beforeEach(() => {
    document.body.innerHTML = `<main id="content" tabindex="-1"><button id="add">Add</button><button id="other">Other</button></main>`;
    renderHook(() => useFocusBack("content"));
    at("add").focus();
  });

  it("goes back to what opened it", async () => {
    openDialog().remove();
    await observed();
    expect(document.activeElement).toBe(at("add"));
  });

  it("goes to the content when that is gone too", async () => {
    const dialog = openDialog();
    at("add").remove();
    dialog.remove();
    await observed();
    expect(document.activeElement).toBe(at("content"));
  });

  it("stays where it is when somebody has put it elsewhere", async () => {
    const dialog = openDialog();
    at("other").focus();
    dialog.remove();
    await observed();
    expect(document.activeElement).toBe(at("other"));
  });

  it("does not leave a dialog below", async () => {
    openDialog();
    openDialog().remove();
    await observed();
    expect(document.activeElement).toBe(document.body);
  });

  it("does not move when something else goes", () => {
    expect(heldDialog([document.createElement("p"), document.createTextNode("dialog")])).toBe(false);
  });
});
