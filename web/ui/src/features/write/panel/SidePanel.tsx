import { Badge, Tabs } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { DocumentProblem } from "../../../api/documents";
import type { FormState } from "../../../parts/form/useForm";
import type { Checked } from "../check/useCheck";
import { useDesk } from "../desk/DeskContext";
import { DataTab } from "./DataTab";
import { DesignerTab } from "./DesignerTab";
import { ProblemsTab } from "./ProblemsTab";
import { TryTab } from "./TryTab";

interface SidePanelProps {
  form: FormState;
  /** The problems of the form, when the document has problems. */
  trouble: DocumentProblem[] | undefined;
  checked: Checked;
  onGo: (line: number, column: number) => void;
}

/** Beside the document: the form to try it with, the form to design, the data to read, and what is wrong. */
export function SidePanel({ form, trouble, checked, onGo }: SidePanelProps) {
  const { t } = useTranslation("write");
  const { tries, readOnly } = useDesk();
  const [tab, setTab] = useState<string | null>(tries ? "form" : "designer");
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false} variant="default">
      <Tabs.List style={{ flexWrap: "nowrap" }}>
        {tries && <Tabs.Tab px="xs" value="form">{t("panel.form")}</Tabs.Tab>}
        {!readOnly && <Tabs.Tab px="xs" value="designer">{t("panel.designer")}</Tabs.Tab>}
        {tries && <Tabs.Tab px="xs" value="data">{t("panel.data")}</Tabs.Tab>}
        {tries && (
          <Tabs.Tab px="xs" value="problems"
            rightSection={checked.problems.length > 0 ? <Badge size="sm" color="red" variant="filled" circle={checked.problems.length < 10}>{checked.problems.length}</Badge> : undefined}>
            {t("panel.problems")}
          </Tabs.Tab>
        )}
      </Tabs.List>
      <Tabs.Panel value="form" pt="md"><TryTab form={form} trouble={trouble} onGo={onGo} /></Tabs.Panel>
      <Tabs.Panel value="designer" pt="md"><DesignerTab checked={checked} /></Tabs.Panel>
      <Tabs.Panel value="data" pt="md"><DataTab /></Tabs.Panel>
      <Tabs.Panel value="problems" pt="md"><ProblemsTab checked={checked} onGo={onGo} /></Tabs.Panel>
    </Tabs>
  );
}
