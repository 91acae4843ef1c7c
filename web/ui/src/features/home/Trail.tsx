import { Anchor, Breadcrumbs, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { paths } from "../../paths";
import { trailTo } from "./folders";

/** The way from all reports to the folder one is in. */
export function Trail({ folder }: { folder: string }) {
  const { t } = useTranslation("home");
  const places = trailTo(folder);
  return (
    <nav aria-label={t("trail")}>
      <Breadcrumbs separatorMargin={6} style={{ flexWrap: "wrap" }}>
        <Anchor component={Link} to={paths.home()} size="sm">
          {t("title")}
        </Anchor>
        {places.map(({ path, name }, at) =>
          at < places.length - 1 ? (
            <Anchor key={path} component={Link} to={paths.home(path)} size="sm">
              {name}
            </Anchor>
          ) : (
            <Text key={path} size="sm" aria-current="page">
              {name}
            </Text>
          ))}
      </Breadcrumbs>
    </nav>
  );
}
