import { Anchor, Container, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { paths } from "../paths";
import { useTitle } from "./useTitle";

function Notice({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <Container size="sm" py="xl">
      <Title order={1} size="h2" mb="xs">
        {title}
      </Title>
      <Text mb="md">{text}</Text>
      <Anchor component={Link} to={paths.home()}>
        {t("toHome")}
      </Anchor>
    </Container>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return <Notice title={t("notFound.title")} text={t("notFound.text")} />;
}

/** Somebody follows a link to a page of another role. */
export function NotForYou() {
  const { t } = useTranslation();
  return <Notice title={t("notForYou.title")} text={t("notForYou.text")} />;
}
