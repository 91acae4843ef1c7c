import { createBrowserRouter, type RouteObject } from "react-router";

import { Broken } from "../components/Broken";
import { NotFound } from "../components/NotFound";
import { Waiting } from "../components/Waiting";
import { loadTexts } from "../i18n";
import { ForRole, Gate } from "../session/Gate";
import { Shell } from "./Shell";

type Loaded = { default: React.ComponentType };

/** A page whose script and texts are loaded when somebody goes there. */
function page(path: string, load: () => Promise<Loaded>, ...texts: string[]): RouteObject {
  return {
    path,
    lazy: async () => {
      const [{ default: Component }] = await Promise.all([load(), loadTexts(texts)]);
      return { Component };
    },
  };
}

const everybody: RouteObject[] = [
  page("/", () => import("../features/home/HomePage"), "home", "results"),
  page("/r/:slug", () => import("../features/report/ReportPage"), "report", "form", "results"),
  page("/runs", () => import("../features/runs/RunsPage"), "runs", "results"),
  page("/runs/:run", () => import("../features/runs/RunPage"), "runs", "results"),
  page("/account/:tab?", () => import("../features/account/AccountPage")),
];

/** Those who write reports, and those who may edit one that was shared with them; the server knows which. */
const writers: RouteObject[] = [
  page("/r/:slug/edit", () => import("../features/write/WritePage")),
  page("/r/:slug/history", () => import("../features/write/HistoryPage")),
];

const analysts: RouteObject[] = [
  page("/new", () => import("../features/write/WritePage")),
  page("/schema", () => import("../features/schema/SchemaPage")),
  page("/snippets/:name?", () => import("../features/snippets/SnippetsPage")),
];

const administrators: RouteObject[] = [
  page("/people/:tab?", () => import("../features/people/PeoplePage")),
  page("/connections", () => import("../features/connections/ConnectionsPage")),
  page("/audit", () => import("../features/audit/AuditPage")),
  page("/system", () => import("../features/system/SystemPage")),
];

export function newRouter() {
  return createBrowserRouter([
    {
      errorElement: <Broken />,
      HydrateFallback: () => <Waiting page />,
      children: [
        page("/sign-in", () => import("../features/session/SignInPage")),
        page("/signed-in", () => import("../features/session/SignedInPage")),
        {
          element: <Gate />,
          children: [
            {
              element: <Shell />,
              children: [
                {
                  errorElement: <Broken />,
                  children: [
                    ...everybody,
                    ...writers,
                    { element: <ForRole role="analyst" />, children: analysts },
                    { element: <ForRole role="administrator" />, children: administrators },
                    { path: "*", element: <NotFound /> },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
}
