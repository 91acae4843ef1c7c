import { Combobox, Loader, Pill, PillsInput, useCombobox } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ControlProps } from "../fields/control";
import { CheckboxActions } from "./CheckboxActions";
import { OptionRows } from "./OptionRows";
import { useChosen } from "./useChosen";
import { useOptions } from "./useOptions";

/** So many chosen options are shown by name; the others are counted. */
const shownPills = 20;

/** Any number of very many options: found by typing, all at once, or pasted as a column. */
export function SearchedCheckbox(props: ControlProps) {
  const { field, state, set, frame } = props;
  const { t } = useTranslation("form");
  const [search, setSearch] = useState("");
  const actions = useRef<HTMLDivElement>(null);
  const combobox = useCombobox({ onDropdownOpen: () => combobox.resetSelectedOption() });
  const { options, values } = useChosen(state, field);
  const found = useOptions(state, field, search, combobox.dropdownOpened);
  const everything = values.length === 1 && values[0] === "all" && field.searchable;
  const chosen = new Set(everything ? found.options.map((option) => option.value) : values);
  const toggle = (value: string) => set(!everything && chosen.has(value) ? values.filter((one) => one !== value) : [...(everything ? [] : values), value]);
  return (
    <Combobox store={combobox} onOptionSubmit={toggle}>
      <Combobox.DropdownTarget>
        <PillsInput
          {...frame}
          inputContainer={(input) => (
            <>
              <div ref={actions}>
                <CheckboxActions {...props} search={search} chosen={everything ? 0 : values.length} />
              </div>
              {input}
            </>
          )}
          onClick={() => combobox.openDropdown()}
          rightSection={combobox.dropdownOpened && found.searching ? <Loader size={16} /> : <Combobox.Chevron />}
        >
          <Pill.Group>
            {everything ? (
              <Pill withRemoveButton onRemove={() => set([])} removeButtonProps={{ "aria-label": t("clear") }}>
                {t("everyOption")}
              </Pill>
            ) : (
              options.slice(0, shownPills).map((option) => (
                <Pill
                  key={option.value}
                  withRemoveButton
                  disabled={frame.disabled}
                  onRemove={() => set(values.filter((one) => one !== option.value))}
                  removeButtonProps={{ "aria-label": t("removeOption", { option: option.label }), "aria-hidden": undefined, tabIndex: 0 }}
                >
                  {option.label}
                </Pill>
              ))
            )}
            {options.length > shownPills && <Pill>{t("andMore", { count: options.length - shownPills })}</Pill>}
            <Combobox.EventsTarget>
              <PillsInput.Field
                id={frame.id}
                value={search}
                disabled={frame.disabled}
                aria-required={field.required}
                aria-invalid={frame.error !== undefined}
                placeholder={t("typeToFind")}
                onFocus={() => combobox.openDropdown()}
                onBlur={({ relatedTarget }) => {
                  combobox.closeDropdown();
                  if (!actions.current?.contains(relatedTarget)) setSearch(""); // there, all that was found can be chosen
                }}
                onChange={(event) => {
                  setSearch(event.currentTarget.value);
                  combobox.openDropdown();
                  combobox.updateSelectedOptionIndex();
                }}
                onKeyDown={(event) => {
                  if (event.key === "Enter") event.preventDefault(); // it chooses an option, and sends no form
                  if (event.key === "Backspace" && search === "" && values.length > 0) set(values.slice(0, -1));
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <OptionRows field={field} state={state} found={found} chosen={chosen} />
      </Combobox.Dropdown>
    </Combobox>
  );
}
