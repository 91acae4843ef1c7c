/** Whether the settings at the top of a document name a workbook that a file fills. */
export function fillsWorkbooks(text: string): boolean {
  const settings = /^---\r?\n([\s\S]*?)\r?\n---\s*$/m.exec(text)?.[1] ?? "";
  return /^(?!\s*#).*\btemplate:[ \t]*[^\s#]/m.test(settings);
}
