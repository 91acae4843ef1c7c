import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Failure } from "../../../components/Failure";
import { Waiting } from "../../../components/Waiting";
import { FormFields } from "../../../parts/form/FormFields";
import type { FormState } from "../../../parts/form/useForm";

/** The form of the document as it is now, to run it with. */
export function TryTab({ form }: { form: FormState }) {
  const { t } = useTranslation("write");
  if (form.form === undefined) return form.failure === null ? <Waiting /> : <Failure error={form.failure} retry={form.retry} />;
  if (form.form.fields.length === 0) return <Text size="sm" c="dimmed">{t("form.none")}</Text>;
  return (
    <Stack>
      <Text size="sm" c="dimmed">{t("form.about")}</Text>
      <FormFields state={form} />
      {form.dirty && (
        <Button variant="default" size="xs" style={{ alignSelf: "flex-start" }} onClick={() => form.reset()}>
          {t("form.reset")}
        </Button>
      )}
    </Stack>
  );
}
