import { Box, Button, Collapse, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { memo, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { YamlEditor } from "../../../parts/code";
import { useDesk } from "../desk/DeskContext";
import { BlockProblems } from "./BlockProblems";
import { bodyEdits } from "./shown";
import classes from "./write.module.css";

/** The front matter: title, form, exports and whatever else, as it is written. */
export const SettingsBlock = memo(function SettingsBlock({ id, index, body }: { id: string; index: number; body: string }) {
  const { t } = useTranslation("write");
  const { store, readOnly, handles, placed, save } = useDesk();
  const [open, setOpen] = useState(false);
  const problems = placed.get(index);
  const handle = useMemo(() => (one: Parameters<typeof handles.register>[1]) => handles.register(id, one), [handles, id]);
  useEffect(() => handles.opener(id, () => setOpen(true)), [handles, id]);
  return (
    <Box role="group" className={`${classes.block} ${classes.cell}`} aria-label={t("settings.title")}>
      <Button variant="subtle" color="gray" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}
        leftSection={open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}>
        {t("settings.title")}
      </Button>
      {!open && <Text span size="xs" c="dimmed" ml="xs">{t("settings.about")}</Text>}
      <Collapse expanded={open}>
        {open && (
          <Box mt="xs">
            <YamlEditor value={body} label={t("settings.title")} readOnly={readOnly} firstLine={2} maxHeight="60vh" problems={problems} handle={handle}
              history={store} onSave={save} onFocus={() => handles.focused(id)}
              onChange={(_, edits) => {
                const { model } = store.get();
                if (model.front !== undefined) store.change(bodyEdits(model, model.front, edits, true), { typing: true });
              }} />
          </Box>
        )}
      </Collapse>
      {!open && <BlockProblems problems={problems} />}
    </Box>
  );
});
