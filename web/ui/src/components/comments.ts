/** Code, which stays as it is, or a comment. */
const codeOrComment = /^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2|$(?![\s\S]))|(`+)[^`][\s\S]*?\3|<!--[\s\S]*?-->/gm;

/** Markdown without its HTML comments, which are for those who write it. */
export function withoutComments(text: string): string {
  return text.replace(codeOrComment, (found) => (found.startsWith("<!--") ? "" : found));
}
