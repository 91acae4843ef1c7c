import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useLocation, useNavigationType, useSearchParams } from "react-router";

const patience = 120; // ms between the last key and the question

/**
 * What is typed into the search, and what is asked for: the same a moment later. The latter stands in the address, so that the way
 * back from a report leads to the search again.
 */
export function useSearchText() {
  const [parameters, setParameters] = useSearchParams();
  const state = useLocation().state as { typed?: boolean } | null;
  const moved = useNavigationType();
  const given = parameters.get("search") ?? "";
  const [text, setText] = useState(given);
  const [sought, setSought] = useState(given.trim());
  const [seen, setSeen] = useState(given);
  if (given !== seen) {
    setSeen(given);
    if (moved === "POP" || state?.typed !== true) {
      setText(given);
      setSought(given.trim());
    }
  }
  const ask = useDebouncedCallback((value: string) => {
    setSought(value.trim());
    setParameters(
      (former) => {
        const next = new URLSearchParams(former);
        if (value.trim() === "") next.delete("search");
        else next.set("search", value.trim());
        return next;
      },
      { replace: true, preventScrollReset: true, state: { typed: true } },
    );
  }, patience);
  const change = (value: string) => {
    setText(value);
    ask(value);
    if (value.trim() === "") ask.flush();
  };
  return { text, sought, change };
}
