import type { ReactNode } from "react";

import type { FormField } from "../../../api/forms";
import type { FormState } from "../useForm";

/** What every control of a field is given. */
export interface ControlProps {
  field: FormField;
  state: FormState;
  value: unknown;
  set: (value: unknown) => void;
  /** Names and explains the control; spread onto Mantine's inputs. */
  frame: {
    id: string;
    label: string;
    description: ReactNode;
    error: string | undefined;
    withAsterisk: boolean;
    disabled: boolean;
  };
}
