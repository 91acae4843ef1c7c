/** What is escaped and code, which stay as they are, or a comment. */
const pieces = /\\[\s\S]|^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2|$(?![\s\S]))|(`+)[^`][\s\S]*?\3|<!--[\s\S]*?-->/gm;

/** Markdown without its HTML comments, which are for those who write it. */
export function withoutComments(text: string): string {
  return text.replace(pieces, (found) => (found.startsWith("<!--") ? "" : found));
}
