import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { beforeAll, expect, it, vi } from "vitest";

import { ProblemError } from "../../../api/client";
import { startLanguage } from "../../../i18n";
import type { FormState } from "../../../parts/form/useForm";
import { TryTab } from "./TryTab";

const detail = "cards.md:7:1: nobody is no field";
const failure = new ProblemError({ type: "about:blank", title: "", status: 422, code: "invalid", detail, request_id: "r" });
const form = { form: undefined, failure, retry: () => undefined } as unknown as FormState;

beforeAll(async () => {
  await startLanguage();
  await i18next.loadNamespaces(["write", "form"]);
});

it("tells what is wrong with the form, and of the rest only that the form waits for it", async () => {
  const onGo = vi.fn();
  const problem = { file: "report.md", line: 4, column: 3, message: "typ is no key of a field" };
  const tab = (problems: typeof problem[]) => <MantineProvider env="test"><TryTab form={form} trouble={problems} onGo={onGo} /></MantineProvider>;
  const { rerender } = render(tab([]));
  expect(screen.getByText("The form appears here once the problems of the document are mended.")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.queryByText(/cards\.md/)).toBeNull();
  rerender(tab([problem]));
  expect(screen.getByRole("alert").textContent).toContain("The form has problems");
  await userEvent.click(screen.getByRole("button", { name: /Line 4/ }));
  expect(onGo).toHaveBeenCalledWith(4, 3);
});

it("tells what kept the service from answering", () => {
  render(<MantineProvider env="test"><TryTab form={form} trouble={undefined} onGo={() => undefined} /></MantineProvider>);
  expect(screen.getByText(detail)).toBeTruthy();
});
