import { useState } from "react";

/**
 * An input that shows its value in another way than it is kept: while it is typed in it shows what is typed, and afterwards what
 * came of it.
 */
export function useTyped(shown: string, onTyped: (text: string) => void) {
  const [typed, setTyped] = useState<string>();
  return {
    value: typed ?? shown,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      setTyped(event.currentTarget.value);
      onTyped(event.currentTarget.value);
    },
    onBlur: () => setTyped(undefined),
  };
}
