import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { Suspense, useEffect, useState } from "react";
import { beforeAll, expect, it } from "vitest";

import { startLanguage } from "../../../i18n";
import { apply } from "../document";
import { FormDesigner } from "./FormDesigner";

const text = `---
title: Cards # of people
form:
  - name: city # where
    label: City
    type: input
  - {name: top, label: How many, type: input, kind: integer}
---
{{ .city }}
`;

let now = "";

beforeAll(async () => {
  await startLanguage();
  await i18next.loadNamespaces(["write", "form"]);
});

function Desk() {
  const [shown, setShown] = useState(text);
  useEffect(() => {
    now = shown;
  }, [shown]);
  return <FormDesigner text={shown} apply={(edits) => setShown(apply(shown, edits))} />;
}

function show() {
  const user = userEvent.setup();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <ModalsProvider>
          <Suspense>
            <Desk />
          </Suspense>
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
  return user;
}

it("what is typed goes into the text, and what is emptied leaves it when one leaves", async () => {
  const user = show();
  await user.click(await screen.findByRole("button", { name: /^City/ }));
  const label = screen.getByLabelText("Label");
  await user.clear(label);
  expect(now).toBe(text.replace("label: City", 'label: ""'));
  await user.type(label, "Town: or city");
  expect(now).toBe(text.replace("label: City", 'label: "Town: or city"'));
  await user.clear(label);
  await user.tab();
  expect(now).toBe(text.replace("    label: City\n", ""));
}, 60_000);

it("a name changes everywhere when one leaves it, and not to one that is taken", async () => {
  const user = show();
  await user.click(await screen.findByRole("button", { name: /^City/ }));
  const name = screen.getByLabelText(/^Name in templates/);
  await user.clear(name);
  await user.type(name, "top");
  await user.tab();
  expect(now).toBe(text);
  expect(screen.getByText("Another field has this name.")).toBeTruthy();
  await user.clear(name);
  await user.type(name, "town{Enter}");
  expect(now).toBe(text.replaceAll("city", "town"));
}, 60_000);

it("a field that is used is removed only after asking", async () => {
  const user = show();
  await user.click(await screen.findByRole("button", { name: "Actions for City" }));
  await user.click(await screen.findByRole("menuitem", { name: "Remove" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("text of the report")).toBeTruthy();
  expect(now).toBe(text);
  await user.click(within(dialog).getByRole("button", { name: "Remove it anyway" }));
  expect(now).toBe(text.replace(/ {2}- name: city[\s\S]*?type: input\n/, ""));
}, 60_000);
