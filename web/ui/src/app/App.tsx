import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router";

import type { newRouter } from "./router";
import { schemeManager } from "./scheme";
import { theme, variables } from "./theme";
import { Told } from "./Told";

interface AppProps {
  client: QueryClient;
  router: ReturnType<typeof newRouter>;
}

export function App({ client, router }: AppProps) {
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
