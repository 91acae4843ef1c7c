import type { Extension } from "@codemirror/state";
import { VisuallyHidden } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import type { EditorProps } from "../types";
import classes from "../code.module.css";
import { useEditor } from "./useEditor";

/** An editor with its border, and the words that say how a keyboard leaves it. */
export function Frame({ language, ...props }: EditorProps & { language: Extension }) {
  const { t } = useTranslation("code");
  const hint = useId();
  const phrases = t("phrases", { returnObjects: true });
  const parent = useEditor(props, language, hint, phrases);
  return (
    <div className={classes.frame}>
      <div ref={parent} />
      <VisuallyHidden id={hint}>{props.onRun === undefined ? t("keys") : t("keysRun")}</VisuallyHidden>
    </div>
  );
}
