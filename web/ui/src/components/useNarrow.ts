import { useMediaQuery } from "@mantine/hooks";

/** Whether the window is too narrow for the navigation beside the page, and so for most tables. */
export function useNarrow(): boolean {
  return useMediaQuery("(max-width: 62em)", undefined, { getInitialValueInEffect: false }) === true;
}
