/** What ends a block of HTML in Markdown. */
export interface HtmlEnd {
  end: RegExp;
  /** It may end on the line that it begins on. */
  sameLine: boolean;
}

const names = new Set(
  (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset " +
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem " +
    "meta nav noframes ol optgroup option p param search section source summary table tbody td tfoot th thead title tr track ul"
  ).split(" "),
);

const attribute = String.raw`(?:\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^"'=<>` + "`" + String.raw`\x00-\x20]+|'[^']*'|"[^"]*"))?)`;
const wholeTag = new RegExp(String.raw`^<(/ *)?([a-zA-Z][a-zA-Z0-9-]*)(${attribute}*) *\/?> *[\r\n]*$`);
const tagName = /^<\/?([a-zA-Z][a-zA-Z0-9-]*)(?:[ \t\r\n>]|\/>|$)/;
const blankLine = /^[ \t\r\n]*$/;

const kinds: [start: RegExp, end: RegExp][] = [
  [/^<(script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Z]/, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

/** Whether a line begins a block of HTML, and what ends it. */
export function htmlEnd(line: string, inParagraph: boolean): HtmlEnd | undefined {
  for (const [start, end] of kinds) {
    if (start.test(line)) return { end, sameLine: true };
  }
  const name = tagName.exec(line)?.[1]?.toLowerCase();
  if (name !== undefined && names.has(name)) return { end: blankLine, sameLine: false };
  const tag = wholeTag.exec(line);
  if (tag === null || inParagraph) return undefined;
  const special = ["script", "style", "pre"].includes(tag[2]!.toLowerCase());
  return special || (tag[1] !== undefined && tag[3] !== "") ? undefined : { end: blankLine, sameLine: false };
}
