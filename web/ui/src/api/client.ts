import createClient, { type Middleware } from "openapi-fetch";

import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type Problem = Schemas["Problem"];

/** What went wrong, as the service tells it. `message` is the sentence for the person who must act. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

const refused: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw new ProblemError(await problemOf(response));
  },
};

/** A proxy on the way may answer with something else than a problem. */
async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    return (await response.json()) as Problem;
  }
  return {
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    code: response.status === 503 ? "unavailable" : "failed",
    detail: `The service answered with ${response.status} ${response.statusText}.`,
    request_id: response.headers.get("X-Request-Id") ?? "",
  };
}

/** The API. A call that is refused throws a ProblemError. */
export const api = createClient<paths>({ baseUrl: "/api/v1", credentials: "same-origin" });

api.use(refused);
