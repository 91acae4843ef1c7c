import type { TFunction } from "i18next";

import texts from "./i18n/en.json";

type Action = keyof typeof texts.action;
type Via = keyof typeof texts.via;

/** What was done, in words; an action that is not known here goes by its own name. */
export function actionWords(action: string, t: TFunction<"audit">): string {
  const key = action.replace(".", "_");
  return key in texts.action ? t(`action.${key as Action}`) : action;
}

export function viaWords(via: string, t: TFunction<"audit">): string {
  return via in texts.via ? t(`via.${via as Via}`) : via;
}
