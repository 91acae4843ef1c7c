import { CloseButton, Combobox, InputBase, Loader, useCombobox } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ControlProps } from "../fields/control";
import { OptionRows } from "./OptionRows";
import { useChosen } from "./useChosen";
import { useOptions } from "./useOptions";

/** One of very many options, found by typing. */
export function SearchedSelect({ field, state, set, frame }: ControlProps) {
  const { t } = useTranslation("form");
  const [search, setSearch] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => setSearch(""), onDropdownOpen: () => combobox.resetSelectedOption() });
  const opened = combobox.dropdownOpened;
  const { options, values } = useChosen(state, field);
  const found = useOptions(state, field, search, opened);
  const label = options[0]?.label ?? "";
  const clear = !field.required && values.length > 0 && !frame.disabled;
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        set(value);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          {...frame}
          aria-required={field.required}
          autoComplete="off"
          value={opened ? search : label}
          placeholder={opened && label !== "" ? label : t("typeToFind")}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSectionPointerEvents="all"
          rightSection={
            opened && found.searching ? (
              <Loader size={16} />
            ) : clear ? (
              <CloseButton size="sm" aria-label={t("clearOf", { label: field.label })} onClick={() => set(null)} />
            ) : (
              <Combobox.Chevron />
            )
          }
          onClick={() => combobox.openDropdown()}
          onFocus={() => setSearch("")}
          onKeyDown={(event) => event.key === "Enter" && opened && event.preventDefault()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <OptionRows field={field} state={state} found={found} chosen={new Set(values)} />
      </Combobox.Dropdown>
    </Combobox>
  );
}
