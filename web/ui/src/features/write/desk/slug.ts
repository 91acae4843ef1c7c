const russian: Record<string, string> = {
  а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ё: "e", ж: "zh", з: "z", и: "i", й: "y", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p",
  р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ъ: "", ы: "y", ь: "", э: "e", ю: "yu", я: "ya",
};

/** The address that the service makes of a title; "" where it makes one of a hash. */
export function slugOf(title: string): string {
  const latin = [...title.normalize("NFC").toLowerCase()].map((letter) => russian[letter] ?? [...letter.normalize("NFD")][0]).join("");
  return latin.split(/[^a-z0-9]+/).filter((word) => word !== "").join("-");
}
