import { Group, SimpleGrid, Text, ThemeIcon } from "@mantine/core";
import { IconFolder } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { paths } from "../../paths";
import type { foldersIn } from "./folders";
import classes from "./Home.module.css";

/** The folders of a folder, with how many reports are in and below each. */
export function FolderTiles({ folders }: { folders: ReturnType<typeof foldersIn> }) {
  const { t } = useTranslation("home");
  if (folders.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 3, xl: 4 }} spacing="sm" mb="md" component="ul" aria-label={t("folders")} p={0} m={0} style={{ listStyle: "none" }}>
      {folders.map(({ path, name, below }) => (
        <li key={path} className={classes.card}>
          <Group gap="sm" wrap="nowrap">
            <ThemeIcon variant="light" size="lg" radius="md" aria-hidden>
              <IconFolder size={20} />
            </ThemeIcon>
            <div style={{ minWidth: 0 }}>
              <Link to={paths.home(path)} className={classes.cover}>
                {name}
              </Link>
              <Text size="xs" c="dimmed" className="numbers">
                {t("reportCount", { count: below })}
              </Text>
            </div>
          </Group>
        </li>
      ))}
    </SimpleGrid>
  );
}
