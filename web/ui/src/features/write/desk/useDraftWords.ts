import { useTranslation } from "react-i18next";

import { useSentence } from "../../../components/Failure";
import type { DraftState } from "../draft/keeper";

interface Standing {
  readOnly: boolean;
  /** Drafts are kept by the service. */
  drafts: boolean;
  dirty: boolean;
  revision: number;
  state: DraftState;
}

export interface DraftWords {
  text: string;
  /** The moment that the words speak of. */
  at?: number;
  worry: boolean;
}

/** How the text stands, in words. */
export function useDraftWords({ readOnly, drafts, dirty, revision, state }: Standing): DraftWords {
  const { t } = useTranslation("write");
  const sentence = useSentence();
  if (readOnly) return { text: t("state.readOnly"), worry: false };
  if (!drafts) return { text: dirty ? t("state.dirty") : t("state.saved", { revision }), worry: dirty };
  switch (state.is) {
    case "none":
      return { text: revision === 0 ? t("state.new") : t("state.saved", { revision }), worry: false };
    case "changed":
    case "sending":
      return { text: t("state.keeping"), worry: false };
    case "kept":
      return { text: t("state.kept"), at: state.at, worry: false };
    case "waiting":
      return { text: t("state.waiting"), worry: true };
    case "refused":
      return { text: t("state.refused", { why: sentence(state.error) }), worry: true };
    case "apart":
      return { text: t("state.apart"), worry: true };
  }
}
