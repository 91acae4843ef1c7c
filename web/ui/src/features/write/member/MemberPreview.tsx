import { Box, CloseButton, Group, Modal, Text } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { parseDocument } from "../document";
import { settingsOf } from "../form/fields";
import { frontOf } from "../form/front";
import { isSound } from "../form/yaml/part";
import { GroupSelect } from "./GroupSelect";
import classes from "./member.module.css";
import { MemberReport } from "./MemberReport";

export interface MemberPreviewProps {
  /** The document as it is in the editor. */
  text: string;
  /** The slug of the report, once it is saved. */
  report?: string;
  onClose: () => void;
}

/** A report as people see it who may only run it, everybody or the members of a group. Nothing is kept. */
export function MemberPreview({ text, report, onClose }: MemberPreviewProps) {
  const { t } = useTranslation("write");
  const [group, setGroup] = useState<{ id: string; name: string }>();
  const title = useMemo(() => titleOf(text), [text]);
  return (
    <Modal.Root opened onClose={onClose} fullScreen padding={0} transitionProps={{ transition: "fade" }}>
      <Modal.Content aria-label={t("member.title")}>
      <Box className={classes.bar}>
        <Group justify="space-between" gap="sm">
          <Group gap="xs" wrap="nowrap" style={{ flex: "1 1 260px" }}>
            <IconEye size={20} aria-hidden style={{ flex: "none" }} />
            <div>
              <Text size="sm" fw={600}>{t("member.frame")}</Text>
              <Text size="xs">{t("member.notSaved")}</Text>
            </div>
          </Group>
          <Group gap="xs" wrap="nowrap" style={{ flex: "0 1 auto" }}>
            <GroupSelect value={group} onChange={setGroup} />
            <CloseButton aria-label={t("member.close")} title={t("member.close")} onClick={onClose} size="lg" data-autofocus />
          </Group>
        </Group>
      </Box>
      <Box className={classes.frame}>
        <MemberReport key={group?.id ?? ""} text={text} report={report} group={group?.id} title={title} />
      </Box>
      </Modal.Content>
    </Modal.Root>
  );
}

function titleOf(text: string): string {
  const part = frontOf(parseDocument(text));
  return isSound(part) ? settingsOf(part).title : "";
}

export default MemberPreview;
