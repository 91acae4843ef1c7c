import { ActionIcon, Badge, Menu, Select, Tooltip } from "@mantine/core";
import { IconCode, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { SqlEditor } from "../../../parts/code";
import { useDesk } from "../desk/DeskContext";
import { renameCell, setAttribute } from "../document";
import { failedLine, runningCell } from "../run/trial";
import { BlockFrame, type BlockActions } from "./BlockFrame";
import { BlockProblems } from "./BlockProblems";
import { CellName } from "./CellName";
import { CellResult } from "./CellResult";
import { Sent } from "./Sent";
import { bodyEdits } from "./shown";
import { useVocabulary } from "./useVocabulary";

export interface CellProps {
  id: string;
  index: number;
  name: string;
  /** What the editor shows. */
  body: string;
  closed: boolean;
  source: string;
  line: number;
  /** Names of the cells before, apart by spaces. */
  earlier: string;
  first: boolean;
  last: boolean;
  fresh: boolean;
  actions: BlockActions;
}

/** The edits of a cell's editor, name and source, of the cell as it is now. */
export function useCellEdits(index: number) {
  const { store, trying } = useDesk();
  return useMemo(() => {
    const cell = () => store.get().model.blocks[index]!.cell!;
    return {
      write: (edits: Parameters<typeof bodyEdits>[2]) => {
        const { body, closed } = cell();
        store.change(bodyEdits(store.get().model, body, edits, closed), { typing: true });
      },
      rename: (to: string) => {
        const from = cell().name;
        store.change(renameCell(store.get().model, cell(), to));
        trying.rename(from, to);
      },
      taken: (name: string) => store.get().model.cells.some((other) => other.name === name),
      setSource: (source: string | undefined) => store.change(setAttribute(store.get().model, cell(), "source", source)),
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rename is always the same function
  }, [store, index, trying.rename]);
}

export const SqlCell = memo(function SqlCell(props: CellProps) {
  const { id, index, name, body, source, line, earlier, first, last, fresh, actions } = props;
  const { t } = useTranslation("write");
  const desk = useDesk();
  const { store, readOnly, tries, handles, placed, trying, sources, save } = desk;
  const [sent, setSent] = useState(false);
  const edits = useCellEdits(index);
  const completions = useVocabulary(source || desk.source, earlier);
  const problems = placed.get(index);
  const driver = sources.find((one) => one.name === (source || desk.source))?.driver;
  const running = runningCell(trying.trial) === name && name !== "";
  const result = trying.trial.cells[name];
  const lines = useMemo(() => {
    const at = result?.cell.error ? failedLine(result, { body, line }) : 0;
    const failed = result !== undefined && at > 0 ? [{ line: at - line + 1, message: result.cell.error }] : [];
    return [...(problems ?? []).filter((problem) => problem.line > 0), ...failed];
  }, [problems, result, body, line]);
  const handle = useMemo(() => (one: Parameters<typeof handles.register>[1]) => handles.register(id, one), [handles, id]);
  const label = name === "" ? t("cell.sql") : t("cell.sqlNamed", { name });
  const head = (
    <>
      <Badge variant="light" size="sm" radius="sm">SQL</Badge>
      <CellName name={name} taken={edits.taken} readOnly={readOnly} onRename={edits.rename} />
      {(sources.length > 1 || source !== "") && (
        <Select size="xs" w={224} aria-label={t("cell.source")} readOnly={readOnly} value={source} allowDeselect={false} onChange={(value) => edits.setSource(value || undefined)}
          data={[{ value: "", label: t("cell.sourceDefault", { name: desk.source }) }, ...named(source, sources.map((one) => one.name))]} />
      )}
      {tries && name !== "" && (
        <Tooltip label={running ? t("run.stop") : t("run.oneKeys")}>
          <ActionIcon variant={running ? "filled" : "light"} color={running ? "red" : undefined} size={28} aria-label={running ? t("run.stop") : t("run.one", { name })}
            onClick={() => (running ? trying.stop() : trying.run(name))}>
            {running ? <IconPlayerStop size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
  const menu = tries && name !== "" && (
    <Menu.Item leftSection={<IconCode size={16} aria-hidden />} onClick={() => setSent(!sent)}>{sent ? t("sent.hide") : t("sent.show")}</Menu.Item>
  );
  return (
    <BlockFrame cell id={id} label={label} first={first} last={last} readOnly={readOnly} head={head} menu={menu || undefined} actions={actions}>
      <SqlEditor value={body} label={label} readOnly={readOnly} dialect={driver === "postgres" ? "postgres" : "clickhouse"} firstLine={line} minLines={2} maxHeight="60vh"
        autoFocus={fresh} problems={lines} completions={completions} handle={handle} history={store} onSave={save}
        onRun={tries && name !== "" ? () => trying.run(name) : undefined}
        onFocus={() => handles.focused(id)} onChange={(_, changes) => edits.write(changes)} />
      <BlockProblems problems={problems?.filter((problem) => problem.line === 0)} />
      {sent && <Sent cell={name} onClose={() => setSent(false)} />}
      <CellResult name={name} body={body} line={line} running={running} />
    </BlockFrame>
  );
});

/** Sources by name; the embedded engine can always be asked, and one that is gone is still what the cell says. */
function named(source: string, sources: string[]): string[] {
  return [...new Set([...sources, "workbench", ...(source === "" ? [] : [source])])];
}
