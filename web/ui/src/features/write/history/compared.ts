import type { Revision } from "../../../api/documents";

/** The two revisions that are compared: those asked for, or the last two. `from` is the earlier one. */
export function compared(revisions: Revision[], asked: { from?: number; to?: number }): { from: number; to: number } | undefined {
  const numbers = revisions.map(({ number }) => number).sort((a, b) => a - b);
  if (numbers.length < 2) return undefined;
  const known = (number: number | undefined) => (number !== undefined && numbers.includes(number) ? number : undefined);
  const [one, other] = [known(asked.from), known(asked.to)];
  const to = other ?? numbers.at(-1)!;
  const from = one ?? numbers[Math.max(0, numbers.indexOf(to) - 1)]!;
  if (from === to) return from === numbers[0] ? { from, to: numbers[1]! } : { from: numbers[numbers.indexOf(to) - 1]!, to };
  return from < to ? { from, to } : { from: to, to: from };
}

/** A number in an address. */
export function numberIn(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
