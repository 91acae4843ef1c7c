import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { type Snippet, useDeleteSnippet } from "../../api/snippets";
import { useSentence } from "../../components/Failure";
import { paths } from "../../paths";

/** Deletes a snippet that no report uses; the service names those that do. */
export function DeleteButton({ snippet }: { snippet: Snippet }) {
  const { t } = useTranslation("snippets");
  const { t: general } = useTranslation();
  const navigate = useNavigate();
  const sentence = useSentence();
  const remove = useDeleteSnippet();
  const send = () =>
    remove.mutate({ name: snippet.name, revision: snippet.revision }, {
      onSuccess: () => void navigate(paths.snippets()),
      onError: (error) => notifications.show({ color: "red", title: t("notDeleted"), message: sentence(error), autoClose: 12_000 }),
    });
  const ask = () =>
    modals.openConfirmModal({
      title: t("delete"),
      children: t("deleteText", { name: snippet.name }),
      labels: { confirm: general("delete"), cancel: general("cancel") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": general("close") },
      onConfirm: send,
    });
  return (
    <Button variant="default" size="xs" leftSection={<IconTrash size={16} aria-hidden />} loading={remove.isPending} onClick={ask}>
      {general("delete")}
    </Button>
  );
}
