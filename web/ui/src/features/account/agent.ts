/** What of a browser is told by what it says of itself; empty where it is not known. */
export interface Browser {
  name: string;
  system: string;
}

/** Order matters: most browsers name others too. */
const names: [RegExp, string][] = [
  [/YaBrowser\//, "Yandex Browser"],
  [/\b(?:Edg|EdgA|EdgiOS)\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/Version\/.*Safari\//, "Safari"],
  [/^curl\//, "curl"],
];

const systems: [RegExp, string][] = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone|iPad|iOS/, "iOS"],
  [/CrOS/, "ChromeOS"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux/, "Linux"],
];

const first = (text: string, known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(text))?.[1] ?? "";

export function browserOf(agent: string): Browser {
  return { name: first(agent, names), system: first(agent, systems) };
}
