import { Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { documentQuery, type Revision } from "../../../api/documents";
import { Failure } from "../../../components/Failure";
import { useFormat } from "../../../i18n/format";
import { DocumentEditor } from "../../../parts/code";

/** The whole document as it was. */
export function RevisionView({ slug, revision, onClose }: { slug: string; revision: Revision; onClose: () => void }) {
  const { t } = useTranslation(["write", "general"]);
  const format = useFormat();
  const document = useQuery(documentQuery(slug, revision.number));
  return (
    <Modal opened onClose={onClose} size="min(1000px, 96vw)" title={t("history.viewTitle", { number: revision.number })} closeButtonProps={{ "aria-label": t("close", { ns: "general" }) }}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {revision.author_name} · {format.moment(revision.created)}{revision.message !== "" && ` · ${revision.message}`}
        </Text>
        {document.isError && <Failure error={document.error} retry={() => void document.refetch()} />}
        {document.isPending && <Skeleton h={400} />}
        {document.data !== undefined && <DocumentEditor label={t("history.document")} value={document.data.document ?? ""} readOnly maxHeight="65vh" />}
      </Stack>
    </Modal>
  );
}
