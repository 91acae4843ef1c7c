import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { filesQuery, useSaveFile, type WorkbookFile } from "../../api/files";
import { freeName, keptName, type Mistake, mistakeOf } from "./chosen";

/** A file whose name another workbook has. */
export interface Taken {
  file: File;
  there: WorkbookFile;
  /** A name that nothing has. */
  free: string;
}

export interface Upload {
  pending: boolean;
  mistake?: Mistake;
  taken?: Taken;
  error: Error | null;
  choose: (file: File) => Promise<void>;
  /** Answers what is to be done with a taken name. */
  replace: () => void;
  keepBoth: () => void;
  forget: () => void;
}

/** Takes files into a folder: looks at them first, and asks where the name is taken. `instead` is the workbook whose place a file takes. */
export function useUpload(folder: string, onKept: (file: WorkbookFile) => void, instead?: WorkbookFile): Upload {
  const files = useQuery(filesQuery(folder));
  const save = useSaveFile(folder);
  const [mistake, setMistake] = useState<Mistake>();
  const [taken, setTaken] = useState<Taken>();
  const forget = () => {
    setMistake(undefined);
    setTaken(undefined);
    save.reset();
  };
  const keep = (name: string, content: File, base: number) => {
    forget();
    save.mutate({ name, content, base }, { onSuccess: onKept });
  };
  const choose = async (file: File) => {
    forget();
    const wrong = await mistakeOf(file);
    if (wrong !== undefined) return setMistake(wrong);
    if (instead !== undefined) return keep(instead.name, file, instead.revision);
    const name = keptName(file.name);
    const others = files.data ?? [];
    const there = others.find((other) => other.name.toLowerCase() === name.toLowerCase());
    if (there === undefined) keep(name, file, 0);
    else setTaken({ file, there, free: freeName(name, others.map((other) => other.name)) });
  };
  return {
    pending: save.isPending, mistake, taken, error: save.error, choose, forget,
    replace: () => taken !== undefined && keep(taken.there.name, taken.file, taken.there.revision),
    keepBoth: () => taken !== undefined && keep(taken.free, taken.file, 0),
  };
}
