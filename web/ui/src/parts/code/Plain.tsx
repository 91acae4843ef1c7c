import classes from "./code.module.css";

/** A text as an editor will show it, while the editor is loaded. */
export function Plain({ text, minLines = 3, maxHeight }: { text: string; minLines?: number; maxHeight?: string }) {
  return (
    <pre className={classes.plain} style={{ minHeight: `calc(${minLines} * 1.5em + 18px)`, maxHeight }} aria-hidden>
      {text}
    </pre>
  );
}
