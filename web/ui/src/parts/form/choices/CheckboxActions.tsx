import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useSentence } from "../../../components/Failure";
import type { ControlProps } from "../fields/control";
import { PasteOptions } from "./PasteOptions";
import { matching, sent } from "./useOptions";
import { chosenOf, isEmpty } from "../values";

/** The service lists so many options at once; all of more are asked for by the word that stands for all. */
const mostListed = 10_000;

/** Everything at once: all that is found, all there is, nothing, or a pasted column. */
export function CheckboxActions(props: ControlProps & { search: string; chosen: number }) {
  const { field, state, value, set, frame, search, chosen } = props;
  const { t } = useTranslation("form");
  const sentence = useSentence();
  const [pasting, setPasting] = useState(false);
  const all = useMutation({
    mutationFn: async (words: string) => {
      if (!field.searchable) return matching(field.options ?? [], words).map((option) => option.value);
      const list = await state.backend.options(field, { search: words, limit: mostListed, values: sent(state, field) }, new AbortController().signal);
      return list.more && words === "" ? ["all"] : list.options.map((option) => option.value);
    },
    onSuccess: (found, words) => set(words === "" ? found : [...new Set([...chosenOf(value), ...found])]),
  });
  const keepFocus = (event: React.MouseEvent) => event.preventDefault(); // so that the search is still there when the button is pressed
  return (
    <Group gap="xs" mt={2} style={{ marginInlineStart: -8 }}>
      <Button
        size="compact-xs"
        variant="subtle"
        disabled={frame.disabled}
        loading={all.isPending}
        onMouseDown={keepFocus}
        onClick={() => all.mutate(search.trim())}
      >
        {search.trim() === "" ? t("selectAll") : t("selectFound", { search: search.trim() })}
      </Button>
      <Button size="compact-xs" variant="subtle" disabled={frame.disabled || isEmpty(value)} onClick={() => set([])}>
        {t("clear")}
      </Button>
      <Button size="compact-xs" variant="subtle" disabled={frame.disabled} onClick={() => setPasting(true)}>
        {t("pasteColumn")}
      </Button>
      <Text size="xs" c={all.isError ? "var(--mantine-color-error)" : "dimmed"} role="status" className="numbers">
        {all.isError ? sentence(all.error) : chosen > 0 && t("chosenCount", { count: chosen })}
      </Text>
      <PasteOptions {...props} opened={pasting} onClose={() => setPasting(false)} />
    </Group>
  );
}
