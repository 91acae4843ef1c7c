import { Button, type ButtonProps } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { Link } from "react-router";

import type { Run, Values } from "../../api/runs";
import { paths } from "../../paths";

interface AgainProps extends ButtonProps {
  run: Run;
  onAgain?: (values: Values) => void;
  children: string;
}

/** Runs the report again with the values of a run, or leads to its form, which has them filled in. */
export function AgainButton({ run, onAgain, children, ...button }: AgainProps) {
  const icon = <IconRefresh size={16} aria-hidden />;
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
