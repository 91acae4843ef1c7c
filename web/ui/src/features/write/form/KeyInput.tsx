import { Textarea, TextInput } from "@mantine/core";

import { shownText, useDesigner } from "./DesignerContext";
import { saidOf } from "./problems";
import { written as asWritten } from "./values";
import { nodeAt, type Path } from "./yaml/part";

interface KeyInputProps {
  path: Path;
  value: string;
  label: string;
  description?: string;
  placeholder?: string;
  /** Several lines. */
  lines?: boolean;
  /** Code or a pattern. */
  mono?: boolean;
  /** Numbers and days are written without quotes. */
  typed?: boolean;
  /** The key stays when nothing is in it. */
  needed?: boolean;
  autoFocus?: boolean;
}

/** A text of the front matter. Emptied it stays where it is until one leaves, so that what stands around it is kept. */
export function KeyInput({ path, value, label, description, placeholder, lines = false, mono = false, typed = false, needed = false, autoFocus }: KeyInputProps) {
  const { change, part, problems, readOnly } = useDesigner();
  const said = saidOf(problems, path);
  const set = (text: string) => change([{ do: "set", path, value: typed ? asWritten(text) : text }], label);
  const leave = () => {
    if (value === "" && !needed && nodeAt(part, path) !== undefined) change([{ do: "remove", path }], label);
  };
  const props = {
    label, description, placeholder, readOnly, value: shownText(value), required: needed, withAsterisk: needed,
    "data-autofocus": autoFocus, autoFocus,
    error: said.length > 0 ? said.join(" ") : undefined,
    styles: mono ? { input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "var(--mantine-font-size-sm)" } } : undefined,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => set(event.currentTarget.value),
    onBlur: leave,
  };
  return lines ? <Textarea {...props} autosize minRows={2} maxRows={8} /> : <TextInput {...props} />;
}
