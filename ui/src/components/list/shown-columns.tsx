//! The columns that a list has room for just now. Its grid tells them and its menus ask; the page between need not know.

import { createContext, type ReactNode, useContext, useState } from 'react';

const Shown = createContext<string | undefined>(undefined);
const Tell = createContext<(keys: string) => void>(() => {});

export function ShownColumns({ children }: { children: ReactNode }) {
  const [keys, tell] = useState<string>();
  return (
    <Tell value={tell}>
      <Shown value={keys}>{children}</Shown>
    </Tell>
  );
}

/** The keys with a space between; nothing before the first row is there. */
export const useShownColumns = (): string | undefined => useContext(Shown);

export const useTellShownColumns = (): ((keys: string) => void) => useContext(Tell);
