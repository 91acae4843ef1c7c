import classes from "./Home.module.css";
import { stretchesOf } from "./matches";

/** A text in which the sought words stand out. */
export function Marked({ text, words }: { text: string; words: string[] }) {
  return stretchesOf(text, words).map(({ text: part, hit }, at) =>
    hit ? <mark key={at} className={classes.mark}>{part}</mark> : <span key={at}>{part}</span>);
}
