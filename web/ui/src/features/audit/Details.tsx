import { useTranslation } from "react-i18next";

import type { AuditEvent } from "../../api/audit";
import { useFormat } from "../../i18n/format";
import classes from "./Details.module.css";
import { type Line, linesOf } from "./details";

/** What an event tells besides who did what to which. */
export function Details({ event }: { event: AuditEvent }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  return <Lines lines={linesOf(event, { t, format })} />;
}

function Lines({ lines }: { lines: Line[] }) {
  return (
    <dl className={classes.lines}>
      {lines.map(({ label, value }) => (
        <div key={label} className={classes.line}>
          <dt>{label}</dt>
          <dd>{typeof value === "string" ? value : <Lines lines={value} />}</dd>
        </div>
      ))}
    </dl>
  );
}
