import { ActionIcon, Kbd, TextInput } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";

import classes from "./Home.module.css";
import { useSlash } from "./useSlash";

interface SearchFieldProps {
  text: string;
  onChange: (text: string) => void;
  /** Of the results, while there are some. */
  listId: string | undefined;
  activeId: string | undefined;
  onMove: (by: 1 | -1) => void;
  onEnter: () => void;
}

/** The large field that finds reports. The arrow keys move through what it found, which stays below it. */
export function SearchField({ text, onChange, listId, activeId, onMove, onEnter }: SearchFieldProps) {
  const { t } = useTranslation("home");
  const field = useRef<HTMLInputElement>(null);
  useSlash(field);
  const listen = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const keys: Record<string, () => void> = {
      ArrowDown: () => onMove(1),
      ArrowUp: () => onMove(-1),
      Enter: onEnter,
      Escape: () => onChange(""),
    };
    const act = keys[event.key];
    if (act === undefined || text === "") return;
    event.preventDefault();
    act();
  };
  const clear = () => {
    onChange("");
    field.current?.focus();
  };
  return (
    <TextInput ref={field} size="lg" radius="lg" role="combobox" aria-label={t("searchLabel")} placeholder={t("searchHint")}
      aria-expanded={listId !== undefined} aria-controls={listId} aria-activedescendant={activeId} aria-autocomplete="list"
      aria-keyshortcuts="/" autoComplete="off" spellCheck={false} enterKeyHint="search" maxLength={200}
      value={text} onChange={(event) => onChange(event.currentTarget.value)} onKeyDown={listen}
      leftSection={<IconSearch size={22} aria-hidden />} classNames={{ input: classes.search }}
      rightSection={text === "" ? <Kbd aria-hidden visibleFrom="sm">/</Kbd> : (
        <ActionIcon variant="subtle" color="gray" aria-label={t("clearSearch")} onClick={clear}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      )} />
  );
}
