import { Button, type ButtonProps } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { Link } from "react-router";

import type { Run, Values } from "../../api/runs";
import { paths } from "../../paths";
import { useLevel } from "./useLevel";

interface AgainProps extends ButtonProps {
  run: Run;
  onAgain?: (values: Values) => void;
  children: string;
}

/** Runs the report again with the values of a run, or leads to its form, which has them filled in; nothing where the report is gone. */
export function AgainButton({ run, onAgain, children, ...button }: AgainProps) {
  const level = useLevel(run);
  const icon = <IconRefresh size={16} aria-hidden />;
  if (onAgain === undefined && level === undefined) return null;
  if (onAgain === undefined) {
    return (
      <Button variant="default" leftSection={icon} component={Link} to={paths.report(run.report, { run: run.id })} {...button}>
        {children}
      </Button>
    );
  }
  return (
    <Button variant="default" leftSection={icon} onClick={() => onAgain(run.values)} {...button}>
      {children}
    </Button>
  );
}
