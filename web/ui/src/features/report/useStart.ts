import { useState } from "react";
import { useNavigate } from "react-router";

import { ProblemError } from "../../api/client";
import { isSignedOut } from "../../api/query";
import { type Run, useCreateRun } from "../../api/runs";
import type { FormState } from "../../parts/form/useForm";
import type { Values } from "../../parts/form/values";
import { paths } from "../../paths";
import { OrderKeys } from "./orderKey";

interface StartOptions {
  slug: string;
  state: FormState;
  onStarted: (run: string, values: Values) => void;
}

export interface Start {
  start: (format?: string) => void;
  /** Fills in the values of an earlier run and runs the report with them. */
  again: (values: Values) => void;
  pending: boolean;
  /** Why there is no run, unless the fields say it. */
  failure: Error | null;
}

/** Runs the report with what is filled in. Mistakes are placed at their fields; a run gets an address of its own. */
export function useStart({ slug, state, onStarted }: StartOptions): Start {
  const navigate = useNavigate();
  const [keys] = useState(() => new OrderKeys());
  const create = useCreateRun();
  const order = (given: Values, held: Values, format?: string) => {
    if (create.isPending) return;
    create.mutate(
      { report: slug, values: given, format, key: keys.of({ values: given, format }) },
      {
        onSuccess: (run: Run) => {
          keys.done();
          state.setErrors([]);
          onStarted(run.id, held);
          void navigate(paths.report(slug, { run: run.id }), { preventScrollReset: true });
        },
        onError: (error) => state.setErrors(fieldsOf(error)),
      },
    );
  };
  const told = create.error !== null && (fieldsOf(create.error).length > 0 || isSignedOut(create.error));
  return {
    start: (format) => order(state.given, state.values, format),
    again: (values) => {
      state.reset(values);
      order(values, values);
    },
    pending: create.isPending,
    failure: told ? null : create.error,
  };
}

const fieldsOf = (error: Error) => (error instanceof ProblemError ? (error.problem.fields ?? []) : []);
