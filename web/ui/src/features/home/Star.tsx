import { ActionIcon } from "@mantine/core";
import { IconStar, IconStarFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Report, useFavourite } from "../../api/reports";
import classes from "./Home.module.css";

/** Marks a report as a favourite. */
export function Star({ report }: { report: Report }) {
  const { t } = useTranslation("home");
  const favourite = useFavourite();
  const Icon = report.favourite ? IconStarFilled : IconStar;
  return (
    <ActionIcon variant="subtle" color="gray" className={`${classes.above} ${classes.star}`} aria-pressed={report.favourite}
      aria-label={t("favourite", { title: report.title })} onClick={() => favourite.mutate({ report, favourite: !report.favourite })}>
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
}
