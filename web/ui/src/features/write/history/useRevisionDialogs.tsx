import { type ReactNode, useState } from "react";

import type { Revision } from "../../../api/documents";
import type { Report } from "../../../api/reports";
import { RevisionRun } from "./RevisionRun";
import { RevisionView } from "./RevisionView";

type Opened = { what: "view"; revision: Revision } | { what: "run"; number: number };

export interface RevisionDialogs {
  view: (revision: Revision) => void;
  run: (number: number) => void;
  element: ReactNode;
}

/** What can be looked at or done with one revision, each in a window of its own. */
export function useRevisionDialogs(report: Report): RevisionDialogs {
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  return {
    view: (revision) => setOpened({ what: "view", revision }),
    run: (number) => setOpened({ what: "run", number }),
    element: (
      <>
        {opened?.what === "view" && <RevisionView slug={report.slug} revision={opened.revision} onClose={close} />}
        {opened?.what === "run" && <RevisionRun slug={report.slug} number={opened.number} onClose={close} />}
      </>
    ),
  };
}
