import { useNavigate } from "react-router";

import { ShareDialog } from "../../../parts/sharing/ShareDialog";
import { WorkbooksDialog } from "../../../parts/workbooks/WorkbooksDialog";
import { paths } from "../../../paths";
import type { Act } from "../acts";
import { above } from "../folders";
import { DeleteFolder, DeleteReport } from "./Deleting";
import { MoveReport } from "./MoveReport";
import { NameFolder } from "./NameFolder";

/** The dialog that goes with an act. */
export default function Dialogs({ act, onClose }: { act: Act; onClose: () => void }) {
  const navigate = useNavigate();
  const go = (folder: string) => {
    onClose();
    void navigate(paths.home(folder));
  };
  switch (act.kind) {
    case "moveReport":
      return <MoveReport report={act.report} onClose={onClose} />;
    case "deleteReport":
      return <DeleteReport report={act.report} onClose={onClose} />;
    case "newFolder":
      return <NameFolder parent={act.parent} onClose={onClose} onDone={go} />;
    case "moveFolder":
      return <NameFolder path={act.path} parent={above(act.path)} onClose={onClose} onDone={go} />;
    case "deleteFolder":
      return <DeleteFolder path={act.path} onClose={onClose} onDone={() => go(above(act.path))} />;
    case "shareFolder":
      return <ShareDialog target={{ folder: act.path }} opened onClose={onClose} />;
    case "workbooks":
      return <WorkbooksDialog folder={act.path} opened onClose={onClose} />;
  }
}
