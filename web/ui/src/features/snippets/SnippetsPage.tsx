import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { snippetsQuery } from "../../api/snippets";
import { Failure } from "../../components/Failure";
import { HelpLink } from "../../components/HelpLink";
import { Nothing } from "../../components/Nothing";
import { Page } from "../../components/Page";
import { Waiting } from "../../components/Waiting";
import { paths } from "../../paths";
import { NewSnippet } from "./NewSnippet";
import { SnippetDesk } from "./SnippetDesk";
import { SnippetList } from "./SnippetList";
import classes from "./Snippets.module.css";

/** SQL that reports share: all of it on the left, one to work on beside it. */
export default function SnippetsPage() {
  const { t } = useTranslation("snippets");
  const { name } = useParams();
  const navigate = useNavigate();
  const snippets = useQuery(snippetsQuery);
  const [making, setMaking] = useState(false);
  const begin = (chosen: string) => {
    setMaking(false);
    void navigate(paths.snippets(chosen));
  };
  const about = (
    <Text span inherit>
      {t("about")} <HelpLink page="sources" anchor="snippets">{t("help")}</HelpLink>
    </Text>
  );
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setMaking(true)}>
      {t("new")}
    </Button>
  );
  return (
    <Page title={t("title")} about={about} actions={add}>
      {snippets.isPending && <Waiting />}
      {snippets.isError && <Failure error={snippets.error} retry={() => void snippets.refetch()} />}
      {snippets.isSuccess && (snippets.data.length > 0 || name !== undefined) && (
        <div className={classes.columns} data-chosen={name}>
          <SnippetList snippets={snippets.data} chosen={name} />
          {name === undefined ? <Nothing title={t("choose")} text={t("chooseText")} /> : <SnippetDesk key={name} name={name} others={snippets.data} />}
        </div>
      )}
      {snippets.isSuccess && snippets.data.length === 0 && name === undefined && <Nothing title={t("none")} text={t("noneText")} action={add} />}
      {making && <NewSnippet names={snippets.data?.map((snippet) => snippet.name) ?? []} onClose={() => setMaking(false)} onName={begin} />}
    </Page>
  );
}
