import { markdown } from "@codemirror/lang-markdown";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { yamlFrontmatter } from "@codemirror/lang-yaml";
import { useMediaQuery } from "@mantine/hooks";
import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import classes from "../code.module.css";
import type { DiffProps } from "../types";
import { templates } from "./templates";
import { theme } from "./theme";

const shared: Extension = [
  yamlFrontmatter({ content: markdown() }), lineNumbers(), templates, theme, EditorView.lineWrapping, EditorState.readOnly.of(true),
];

function side(label: string): Extension {
  return [shared, EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true" })];
}

export default function DiffEditor({ before, after, labels, sides }: DiffProps) {
  const { t } = useTranslation("code");
  const parent = useRef<HTMLDivElement>(null);
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const beside = sides ?? wide;
  const unchanged = t("unchanged");
  useLayoutEffect(() => {
    const collapse = { margin: 3, minSize: 6 };
    const phrases = EditorState.phrases.of({ "$ unchanged lines": unchanged });
    const view = beside
      ? new MergeView({
          parent: parent.current!,
          a: { doc: before, extensions: [side(labels.before), phrases] },
          b: { doc: after, extensions: [side(labels.after), phrases] },
          collapseUnchanged: collapse,
          gutter: true,
        })
      : new EditorView({
          parent: parent.current!,
          doc: after,
          extensions: [side(labels.after), phrases, unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: collapse })],
        });
    return () => view.destroy();
  }, [before, after, labels.before, labels.after, beside, unchanged]);
  return <div ref={parent} className={classes.diff} />;
}
