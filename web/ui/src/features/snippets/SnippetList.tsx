import { NavLink, Stack, Text, TextInput } from "@mantine/core";
import { IconPencil, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Snippet } from "../../api/snippets";
import { paths } from "../../paths";
import { aboutOf } from "./saving";
import classes from "./Snippets.module.css";
import { useAllUnsaved } from "./unsaved";

/** The snippets whose name or SQL has the words. */
export function SnippetList({ snippets, chosen }: { snippets: Snippet[]; chosen: string | undefined }) {
  const { t } = useTranslation("snippets");
  const { t: general } = useTranslation();
  const unsaved = useAllUnsaved();
  const [search, setSearch] = useState("");
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = snippets.filter(({ name, sql }) => words.every((word) => `${name}\n${sql}`.toLowerCase().includes(word)));
  return (
    <Stack component="nav" aria-label={t("title")} gap="xs" className={classes.list}>
      <TextInput aria-label={general("search")} placeholder={general("search")} leftSection={<IconSearch size={16} aria-hidden />}
        value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      {found.map((snippet) => (
        <NavLink key={snippet.name} component={Link} to={paths.snippets(snippet.name)} active={snippet.name === chosen}
          aria-current={snippet.name === chosen ? "page" : undefined} label={snippet.name} description={aboutOf(snippet.sql)}
          rightSection={(unsaved.get(snippet.name)?.sql ?? snippet.sql) !== snippet.sql && <IconPencil size={14} role="img" aria-label={t("unsaved")} />}
          style={{ borderRadius: "var(--mantine-radius-md)" }} styles={{ label: { fontFamily: "var(--mantine-font-family-monospace)" } }} />
      ))}
      {found.length === 0 && <Text size="sm" c="dimmed" role="status">{t("notFound")}</Text>}
    </Stack>
  );
}
