import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router";

import { newQueryClient } from "../api/query";
import { signedOut } from "../session/signedOut";
import { newRouter } from "./router";
import { schemeManager } from "./scheme";
import { theme, variables } from "./theme";
import { Told } from "./Told";

export function App() {
  const [client] = useState(() => newQueryClient(() => signedOut.raise()));
  const [router] = useState(newRouter);
  return (
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} colorSchemeManager={schemeManager} defaultColorScheme="auto">
        <ModalsProvider>
          <Told />
          <RouterProvider router={router} />
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}
