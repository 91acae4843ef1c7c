import "i18next";

import type general from "./en/general.json";
import type account from "../features/account/i18n/en.json";
import type audit from "../features/audit/i18n/en.json";
import type connections from "../features/connections/i18n/en.json";
import type home from "../features/home/i18n/en.json";
import type people from "../features/people/i18n/en.json";
import type report from "../features/report/i18n/en.json";
import type runs from "../features/runs/i18n/en.json";
import type schema from "../features/schema/i18n/en.json";
import type session from "../features/session/i18n/en.json";
import type snippets from "../features/snippets/i18n/en.json";
import type system from "../features/system/i18n/en.json";
import type write from "../features/write/i18n/en.json";
import type code from "../parts/code/i18n/en.json";
import type form from "../parts/form/i18n/en.json";
import type password from "../parts/password/i18n/en.json";
import type results from "../parts/results/i18n/en.json";
import type sharing from "../parts/sharing/i18n/en.json";
import type workbooks from "../parts/workbooks/i18n/en.json";

/** The keys of all texts, so that a missing one does not compile. Each namespace is a file `i18n/en.json` of its feature or part. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "general";
    resources: {
      general: typeof general;
      account: typeof account;
      audit: typeof audit;
      connections: typeof connections;
      home: typeof home;
      people: typeof people;
      report: typeof report;
      runs: typeof runs;
      schema: typeof schema;
      session: typeof session;
      snippets: typeof snippets;
      system: typeof system;
      write: typeof write;
      code: typeof code;
      form: typeof form;
      password: typeof password;
      results: typeof results;
      sharing: typeof sharing;
      workbooks: typeof workbooks;
    };
  }
}
