import { useTranslation } from "react-i18next";

import type { AuditEvent } from "../../api/audit";
import { useFormat } from "../../i18n/format";
import { actionWords, viaWords, whoWords } from "./words";

/** An event in words. */
export function useEvent(event: AuditEvent) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const who = whoWords(event, t);
  const email = event.person_id === "" || who.includes(event.person) ? "" : event.person;
  return {
    when: format.moment(event.at),
    who,
    /** The email where the name does not have it, the way and the address they came by. */
    by: [email, viaWords(event.via, t), event.address].filter((part) => part !== "").join(" · "),
    action: actionWords(event.action, t),
    object: event.object_name === "" ? event.object_id : event.object_name,
    tells: Object.keys(event.details).length > 0,
  };
}
