import { Button, Combobox, Group, InputBase, Text, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Level, type Principal, principalsQuery, type Shared, useGrant } from "../../api/grants";
import { Failure } from "../../components/Failure";
import { LevelSelect } from "./LevelSelect";

type Chosen = Principal | { kind: "everyone"; id: ""; name: string; detail: string };

/** Finds a person, a group or everyone, and gives them a level. */
export function GrantForm({ target }: { target: Shared }) {
  const { t } = useTranslation("sharing");
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search, 150);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [level, setLevel] = useState<Level>("run");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useQuery(principalsQuery(wanted.trim()));
  const grant = useGrant(target);
  const everyone: Chosen = { kind: "everyone", id: "", name: t("everyone"), detail: t("everyoneDetail") };
  const options: Chosen[] = [everyone, ...(found.data ?? [])].filter((o) => o.kind !== "everyone" || matches(o.name, search));
  const choose = (key: string) => {
    const option = options.find((o) => keyOf(o) === key) ?? null;
    setChosen(option);
    setSearch(option === null ? "" : shown(option));
    combobox.closeDropdown();
  };
  const give = () => {
    if (chosen === null) return;
    const whom = chosen.kind === "person" ? { person_id: chosen.id } : chosen.kind === "group" ? { group_id: chosen.id } : {};
    grant.mutate({ ...whom, level }, { onSuccess: () => { setChosen(null); setSearch(""); } });
  };
  return (
    <>
      <Group align="flex-end" gap="xs">
        <Combobox store={combobox} onOptionSubmit={choose}>
          <Combobox.Target>
            <InputBase label={t("whom")} placeholder={t("whomPlaceholder")} style={{ flex: "1 1 220px" }} value={search} data-autofocus
              onChange={(event) => { setSearch(event.currentTarget.value); setChosen(null); combobox.openDropdown(); combobox.selectFirstOption(); }}
              onClick={() => combobox.openDropdown()} onFocus={() => combobox.openDropdown()} onBlur={() => combobox.closeDropdown()} />
          </Combobox.Target>
          <Combobox.Dropdown>
            <Combobox.Options mah={240} style={{ overflowY: "auto" }}>
              {options.length === 0 && <Combobox.Empty>{t("nobodyFound")}</Combobox.Empty>}
              {options.map((option) => (
                <Combobox.Option key={keyOf(option)} value={keyOf(option)}>
                  <Text size="sm">{shown(option)}</Text>
                  <Text size="xs" c="dimmed">{option.kind === "group" ? t("group") : option.name === "" ? "" : option.detail}</Text>
                </Combobox.Option>
              ))}
            </Combobox.Options>
          </Combobox.Dropdown>
        </Combobox>
        <LevelSelect label={t("may")} value={level} onChange={setLevel} />
        <Button onClick={give} disabled={chosen === null} loading={grant.isPending}>
          {t("give")}
        </Button>
      </Group>
      {grant.isError && <Failure error={grant.error} />}
    </>
  );
}

/** Who has no name goes by the email. */
const shown = ({ name, detail }: Chosen) => name || detail;
const keyOf = (option: Chosen) => `${option.kind}:${option.id}`;
const matches = (name: string, search: string) => name.toLowerCase().includes(search.trim().toLowerCase());
