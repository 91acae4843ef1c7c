import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { ProblemError } from "../../../api/client";
import { useCreateRun } from "../../../api/runs";
import { Failure } from "../../../components/Failure";
import { reportForm } from "../../../parts/form/backend";
import { FormFields } from "../../../parts/form/FormFields";
import { useForm } from "../../../parts/form/useForm";
import { paths } from "../../../paths";

/** Runs a revision with its own form. */
export function RevisionRun({ slug, number, onClose }: { slug: string; number: number; onClose: () => void }) {
  const { t } = useTranslation(["write", "general"]);
  const navigate = useNavigate();
  const backend = useMemo(() => reportForm(slug, number), [slug, number]);
  const state = useForm(backend);
  const create = useCreateRun();
  const fields = create.error instanceof ProblemError ? (create.error.problem.fields ?? []) : [];
  const run = () =>
    create.mutate(
      { report: slug, revision: number, values: state.given },
      {
        onSuccess: ({ id }) => void navigate(paths.run(id)),
        onError: (error) => state.setErrors(error instanceof ProblemError ? (error.problem.fields ?? []) : []),
      },
    );
  return (
    <Modal opened onClose={onClose} size="lg" title={t("history.runTitle", { number })} closeButtonProps={{ "aria-label": t("close", { ns: "general" }) }}>
      <form onSubmit={(event) => { event.preventDefault(); run(); }} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t("history.runText")}</Text>
        <FormFields state={state} />
        {create.isError && fields.length === 0 && <Failure error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t("cancel", { ns: "general" })}</Button>
          <Button type="submit" loading={create.isPending} disabled={state.form === undefined}>{t("history.run")}</Button>
        </Group>
      </Stack>
      </form>
    </Modal>
  );
}
