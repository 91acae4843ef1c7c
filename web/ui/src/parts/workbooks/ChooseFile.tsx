import { FileButton } from "@mantine/core";
import { type ReactNode, useRef } from "react";

interface ChooseFileProps {
  onChoose: (file: File) => void;
  disabled?: boolean;
  /** Gets what opens the chooser. */
  children: (open: () => void) => ReactNode;
}

/** Lets a workbook be chosen, the same one again too. */
export function ChooseFile({ onChoose, disabled, children }: ChooseFileProps) {
  const reset = useRef<() => void>(null);
  const take = (file: File | null) => {
    reset.current?.();
    if (file !== null) onChoose(file);
  };
  return (
    <FileButton accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" resetRef={reset} disabled={disabled} onChange={take}>
      {({ onClick }) => children(onClick)}
    </FileButton>
  );
}
