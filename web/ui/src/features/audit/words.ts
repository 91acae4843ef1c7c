import type { TFunction } from "i18next";

import type { AuditEvent } from "../../api/audit";
import texts from "./i18n/en.json";

type Action = keyof typeof texts.action;
type Via = keyof typeof texts.via;

/** What was done, in words; an action that is not known here goes by its own name. */
export function actionWords(action: string, t: TFunction<"audit">): string {
  const key = action.replace(".", "_");
  return key in texts.action ? t(`action.${key as Action}`) : action;
}

/** Who did it: somebody by name, or what acts without a person. */
export function whoWords({ person_id, person, person_name, via }: AuditEvent, t: TFunction<"audit">): string {
  if (person_id !== "") return person_name;
  if (via === "command" || via === "system") return t(`who.${via}`);
  if (person === "anyone with the link") return t("who.anyone");
  return person === "unknown" ? t("who.unknown") : person_name || "–";
}

export function viaWords(via: string, t: TFunction<"audit">): string {
  return via in texts.via ? t(`via.${via as Via}`) : via;
}
