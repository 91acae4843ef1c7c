import { ActionIcon, Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type Draft, deleteDraft, draftsQuery } from "../../api/drafts";
import { Ago } from "../../components/Ago";
import { paths } from "../../paths";
import classes from "./Home.module.css";
import { Section } from "./Section";

/** Where a draft is written on: a changed report under its own address, a new one under that of the draft. */
const desk = (draft: Draft) => (draft.report === "" ? paths.writeNew({ draft: draft.id }) : paths.write(draft.report));

/** What the person began to write and has not saved. */
export function Drafts({ drafts }: { drafts: Draft[] }) {
  const { t } = useTranslation("home");
  const [all, setAll] = useState(false);
  if (drafts.length === 0) return null;
  const shown = all ? drafts : drafts.slice(0, 3);
  const rest = drafts.length - shown.length;
  const more = rest > 0 && (
    <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
      {t("moreDrafts", { count: rest })}
    </Button>
  );
  return (
    <Section title={t("drafts")} aside={more}>
      <ul className={classes.rows}>
        {shown.map((draft) => (
          <DraftRow key={draft.id} draft={draft} />
        ))}
      </ul>
    </Section>
  );
}

function DraftRow({ draft }: { draft: Draft }) {
  const { t } = useTranslation("home");
  const [sure, setSure] = useState(false);
  const client = useQueryClient();
  const remove = useMutation({ mutationFn: deleteDraft, onSettled: () => client.invalidateQueries({ queryKey: draftsQuery.queryKey }) });
  const title = draft.title === "" ? t("untitled") : draft.title;
  return (
    <li className={classes.row} style={{ alignItems: "center", flexWrap: "wrap" }}>
      <div style={{ flex: "1 1 200px", minWidth: 0 }}>
        <Link to={desk(draft)} className={classes.cover}>
          {title}
        </Link>
        <Text size="xs" c="dimmed">
          {draft.report === "" ? t("draftNew") : t("draftOf", { report: draft.report })} · <Ago at={draft.updated} />
        </Text>
      </div>
      <Group gap={4} className={classes.above}>
        {sure ? (
          <>
            <Button size="compact-sm" color="red" variant="light" autoFocus loading={remove.isPending} onClick={() => remove.mutate(draft.id)}>
              {t("discard")}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setSure(false)}>
              {t("keep")}
            </Button>
          </>
        ) : (
          <ActionIcon variant="subtle" color="gray" aria-label={t("discardDraft", { title })} onClick={() => setSure(true)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
    </li>
  );
}
