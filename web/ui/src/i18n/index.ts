import i18next, { type BackendModule, type ResourceKey } from "i18next";
import { initReactI18next } from "react-i18next";

export const languages = { en: "English", ru: "Русский" } as const;
export type Language = keyof typeof languages;

const kept = "vitrina.language";

/** A file of texts for each namespace: the general ones here, those of a feature in its folder. They are loaded when first needed. */
const files = import.meta.glob<{ default: ResourceKey }>(["./{en,ru}/*.json", "../{features,parts}/*/i18n/*.json"]);

function fileOf(language: string, namespace: string) {
  return (
    files[`./${language}/${namespace}.json`] ??
    files[`../features/${namespace}/i18n/${language}.json`] ??
    files[`../parts/${namespace}/i18n/${language}.json`]
  );
}

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = fileOf(language, namespace);
    if (load === undefined) {
      done(new Error(`There are no texts ${namespace} in ${language}.`), null);
      return;
    }
    load().then(
      (file) => done(null, file.default),
      (error: Error) => done(error, null),
    );
  },
};

export function chosenLanguage(): Language {
  let language: string | null = null;
  try {
    language = window.localStorage.getItem(kept);
  } catch {
    // a browser that keeps nothing begins with its own language each time
  }
  language ??= /^ru\b/.test(navigator.language) ? "ru" : "en";
  return language in languages ? (language as Language) : "en";
}

let started: Promise<unknown> | undefined;

export async function startLanguage(): Promise<void> {
  const language = chosenLanguage();
  document.documentElement.lang = language;
  started = i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: "en",
      supportedLngs: Object.keys(languages),
      ns: ["general", "session"],
      defaultNS: "general",
      partialBundledLanguages: true,
      interpolation: { escapeValue: false }, // React escapes
      react: { useSuspense: true },
    });
  await started;
}

/** Has texts loaded before they are needed one after the other. */
export async function loadTexts(namespaces: string[]): Promise<void> {
  await started;
  await i18next.loadNamespaces(namespaces);
}

export async function chooseLanguage(language: Language): Promise<void> {
  try {
    window.localStorage.setItem(kept, language);
  } catch {
    // then it holds until the page is left
  }
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
