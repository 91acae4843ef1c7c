/** A stretch of a text, and whether it is what was sought. */
export interface Stretch {
  text: string;
  hit: boolean;
}

/** As the service compares texts: lower case, without accents. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
}

export function wordsOf(search: string): string[] {
  return [...new Set(fold(search).split(/\s+/).filter((word) => word !== ""))];
}

/** The folded text, and for each of its characters the one of the text it comes from. */
function folded(text: string): { characters: string[]; letters: string; origin: number[] } {
  const characters = Array.from(text);
  let letters = "";
  const origin: number[] = [];
  characters.forEach((character, at) => {
    const plain = fold(character);
    letters += plain;
    for (let i = 0; i < plain.length; i++) origin.push(at);
  });
  return { characters, letters, origin };
}

/** The text in stretches, those marked where one of the folded words is. */
export function stretchesOf(text: string, words: string[]): Stretch[] {
  const { characters, letters, origin } = folded(text);
  const hits = new Array<boolean>(characters.length).fill(false);
  for (const word of words) {
    if (word === "") continue;
    for (let from = letters.indexOf(word); from >= 0; from = letters.indexOf(word, from + 1)) {
      for (let i = from; i < from + word.length; i++) hits[origin[i]!] = true;
    }
  }
  const stretches: Stretch[] = [];
  characters.forEach((character, at) => {
    const hit = hits[at] ?? false;
    const last = stretches.at(-1);
    if (last !== undefined && last.hit === hit) last.text += character;
    else stretches.push({ text: character, hit });
  });
  return stretches;
}

/** The labels of the fields in which a word is that is neither in the title nor elsewhere to be seen. */
export function fieldsFound(seen: string[], fields: string[], words: string[]): string[] {
  const shown = seen.map(fold);
  const hidden = words.filter((word) => !shown.some((text) => text.includes(word)));
  if (hidden.length === 0) return [];
  return labelled(fields).filter(({ name, label }) => hidden.some((word) => fold(`${name} ${label}`).includes(word))).map(({ label }) => label);
}

const isName = /^[a-z][a-z0-9_]*$/;

/** Fields come as a name, then its label when that is another text. */
function labelled(fields: string[]): { name: string; label: string }[] {
  const pairs: { name: string; label: string }[] = [];
  for (const text of fields) {
    const last = pairs.at(-1);
    if (!isName.test(text) && last !== undefined && last.label === last.name) last.label = text;
    else pairs.push({ name: text, label: text });
  }
  return pairs;
}
