import { useQueries } from "@tanstack/react-query";

import { type Cell, pageOfRows, type RowOrder } from "../../api/runs";
import type { RowsSource } from "./rows";

export interface Pages {
  /** The row, if it has been read. */
  row: (at: number) => Cell[] | undefined;
  error: unknown;
  retry: () => void;
}

/** Reads the pages that hold the rows from first to last. Pages that were read once are kept for a while. */
export function usePages(source: RowsSource, order: RowOrder | undefined, first: number, last: number): Pages {
  const from = Math.floor(Math.max(0, first) / pageOfRows);
  const to = Math.floor(Math.max(0, Math.min(last, source.total - 1)) / pageOfRows);
  const wanted = source.total === 0 ? [] : Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const answers = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...source.key, "page", order ?? null, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.read(page * pageOfRows, pageOfRows, order, signal),
      staleTime: Infinity,
    })),
  });
  const failed = answers.find((answer) => answer.isError);
  return {
    row: (at) => answers[Math.floor(at / pageOfRows) - from]?.data?.rows[at % pageOfRows],
    error: failed?.error ?? undefined,
    retry: () => answers.filter((answer) => answer.isError).forEach((answer) => void answer.refetch()),
  };
}
