import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/app.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { newQueryClient } from "./api/query";
import { sessionQuery } from "./api/session";
import { App } from "./app/App";
import { newRouter } from "./app/router";
import { startLanguage } from "./i18n";
import { signedOut } from "./session/signedOut";

const client = newQueryClient(() => signedOut.raise());
// Together: who is signed in, the script of the page, and the texts.
void client.prefetchQuery(sessionQuery);
const texts = startLanguage();
const router = newRouter();
void texts.then(() => {
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <App client={client} router={router} />
    </StrictMode>,
  );
});
