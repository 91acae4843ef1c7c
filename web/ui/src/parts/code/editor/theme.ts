import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import "./colours.css";

const border = "1px solid var(--mantine-color-default-border)";

/** Looks for light and dark alike: the colours are variables of the page. */
const looks = EditorView.theme({
  "&": { color: "var(--mantine-color-text)", backgroundColor: "var(--mantine-color-body)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)", lineHeight: "1.5" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--mantine-color-text)" },
  ".cm-line": { padding: "0 10px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--mantine-color-text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": {
    backgroundColor: "var(--code-selection)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": { backgroundColor: "var(--code-active)" },
  ".cm-gutters": { backgroundColor: "var(--mantine-color-body)", color: "var(--mantine-color-dimmed)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 4px 0 10px" },
  ".cm-placeholder": { color: "var(--mantine-color-placeholder)" },
  ".cm-template": { color: "var(--code-template)", backgroundColor: "var(--code-template-back)", borderRadius: "3px" },
  ".cm-template span": { color: "inherit" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--mantine-color-dimmed)" },
  ".cm-tooltip": {
    backgroundColor: "var(--mantine-color-body)",
    color: "var(--mantine-color-text)",
    border,
    borderRadius: "6px",
    boxShadow: "var(--mantine-shadow-md)",
    zIndex: "250",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mantine-font-family-monospace)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--mantine-primary-color-filled)", color: "#fff" },
  ".cm-completionDetail": { color: "var(--mantine-color-dimmed)", fontStyle: "normal" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionInfo": { padding: "6px 10px", maxWidth: "360px", whiteSpace: "pre-wrap", fontFamily: "var(--mantine-font-family)" },
  ".cm-diagnostic": { padding: "6px 10px", maxWidth: "480px", fontFamily: "var(--mantine-font-family)", whiteSpace: "pre-wrap" },
  ".cm-panels": { backgroundColor: "var(--vitrina-surface)", color: "var(--mantine-color-text)" },
  ".cm-searchMatch": { backgroundColor: "var(--code-template-back)", outline: "1px solid var(--code-template)" },
  ".cm-textfield": { backgroundColor: "var(--mantine-color-body)", border },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--mantine-color-default)", color: "var(--mantine-color-text)", border },
  "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine, .cm-insertedLine": { backgroundColor: "var(--code-added)" },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--code-removed)" },
  "&.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText": { background: "none", fontWeight: "700" },
  ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: '""' },
  ".cm-collapsedLines": {
    background: "var(--vitrina-surface)", color: "var(--mantine-color-dimmed)", padding: "4px 12px",
  },
});

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.monospace], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment, tags.meta], color: "var(--code-comment)" },
  { tag: [tags.standard(tags.name), tags.function(tags.variableName)], color: "var(--code-builtin)" },
  { tag: [tags.typeName, tags.className], color: "var(--code-type)" },
  { tag: [tags.definition(tags.propertyName), tags.propertyName, tags.labelName], color: "var(--code-keyword)" },
  { tag: tags.heading, fontWeight: "700" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--mantine-color-anchor)" },
  { tag: [tags.processingInstruction, tags.separator], color: "var(--code-comment)" },
]);

export const theme: Extension = [looks, syntaxHighlighting(highlight)];
