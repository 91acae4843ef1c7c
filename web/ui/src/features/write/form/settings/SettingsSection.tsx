import { Accordion, Select, SimpleGrid, Stack, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { sourcesQuery } from "../../../../api/sources";
import { useDesigner } from "../DesignerContext";
import { settingsOf, type Settings } from "../fields";
import { KeyInput } from "../KeyInput";
import { saidOf } from "../problems";
import { ExportList } from "./ExportList";

/** What a document says about itself: title, source, time zone, files. */
export function SettingsSection() {
  const { t } = useTranslation("write");
  const { part } = useDesigner();
  const settings = useMemo(() => settingsOf(part), [part]);
  return (
    <Stack gap="md" component="section" aria-label={t("designer.settings")}>
      <KeyInput path={["title"]} value={settings.title} label={t("designer.title")} description={t("designer.titleHelp", { example: "{{ .label.partner }}" })} needed />
      <Accordion variant="contained" order={2} transitionDuration={0}> {/* a panel that grew while it opened stayed cut */}
        <Accordion.Item value="settings">
          <Accordion.Control>{t("designer.settings")}</Accordion.Control>
          <Accordion.Panel><Head settings={settings} /></Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="files">
          <Accordion.Control>{t("designer.files")}</Accordion.Control>
          <Accordion.Panel><ExportList exports={settings.exports} /></Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function Head({ settings }: { settings: Settings }) {
  const { t } = useTranslation("write");
  const { change, problems, readOnly } = useDesigner();
  const said = (key: string) => saidOf(problems, [key]).join(" ") || undefined;
  const set = (key: string, value: string | null, label: string) => change([value === null || value === "" ? { do: "remove", path: [key] } : { do: "set", path: [key], value }], label);
  return (
    <Stack gap="md">
      <KeyInput path={["description"]} value={settings.description} label={t("designer.description")} description={t("designer.descriptionHelp")} lines />
      <TagsInput label={t("designer.tags")} readOnly={readOnly} value={settings.tags} error={said("tags")}
        onChange={(tags) => change([tags.length === 0 ? { do: "remove", path: ["tags"] } : { do: "set", path: ["tags"], value: tags }], t("designer.tags"))} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <SourceSelect value={settings.source} error={said("source")} onChange={(value) => set("source", value, t("designer.source"))} />
        <Select label={t("designer.timezone")} description={t("designer.timezoneHelp")} placeholder={t("designer.timezoneDefault")} error={said("timezone")} readOnly={readOnly}
          searchable clearable limit={100} data={zones(settings.timezone)} value={settings.timezone || null} onChange={(value) => set("timezone", value, t("designer.timezone"))} />
      </SimpleGrid>
    </Stack>
  );
}

function SourceSelect({ value, error, onChange }: { value: string; error?: string; onChange: (value: string | null) => void }) {
  const { t } = useTranslation("write");
  const { readOnly } = useDesigner();
  const sources = useQuery(sourcesQuery);
  const names = new Set([...(sources.data ?? []).map(({ name }) => name), ...(value === "" ? [] : [value])]);
  return (
    <Select label={t("designer.source")} description={t("designer.sourceHelp")} placeholder="warehouse" error={error} readOnly={readOnly} clearable
      data={[...names]} value={value || null} onChange={onChange} />
  );
}

function zones(now: string): string[] {
  const known = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  return now === "" || known.includes(now) ? [...new Set(known)] : [now, ...known];
}
