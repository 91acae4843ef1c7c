import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { DocumentProblem } from "../../../api/documents";
import { Failure } from "../../../components/Failure";
import { Waiting } from "../../../components/Waiting";
import { FormFields } from "../../../parts/form/FormFields";
import type { FormState } from "../../../parts/form/useForm";
import { ProblemList } from "./ProblemList";

interface TryTabProps {
  form: FormState;
  /** The problems of the form, when the document has problems. */
  trouble: DocumentProblem[] | undefined;
  onGo: (line: number, column: number) => void;
}

/** The form of the document as it is now, to run it with. Of the document's problems it tells those of the form. */
export function TryTab({ form, trouble, onGo }: TryTabProps) {
  const { t } = useTranslation("write");
  return (
    <Stack>
      {trouble !== undefined && trouble.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("form.wrong")} role="alert">
          <ProblemList problems={trouble} onGo={onGo} />
        </Alert>
      )}
      <Fields form={trouble === undefined ? form : { ...form, failure: null }} broken={trouble !== undefined} />
    </Stack>
  );
}

function Fields({ form, broken }: { form: FormState; broken: boolean }) {
  const { t } = useTranslation("write");
  if (form.form === undefined) {
    if (broken) return <Text size="sm" c="dimmed">{t("form.later")}</Text>;
    return form.failure === null ? <Waiting /> : <Failure error={form.failure} retry={form.retry} />;
  }
  if (form.form.fields.length === 0) return <Text size="sm" c="dimmed">{t("form.none")}</Text>;
  return (
    <>
      <Text size="sm" c="dimmed">{t("form.about")}</Text>
      <FormFields state={form} />
      {form.dirty && (
        <Button variant="default" size="xs" style={{ alignSelf: "flex-start" }} onClick={() => form.reset()}>
          {t("form.reset")}
        </Button>
      )}
    </>
  );
}
