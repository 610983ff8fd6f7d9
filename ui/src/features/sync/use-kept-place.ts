//! Keeps in sight what is in sight while rows come above it: WebKit does not do that by itself.

import { useLayoutEffect, useRef } from 'react';

/** For what scrolls a table, and for its body. At the top, the newest row is what is wanted. */
export function useKeptPlace(shown: readonly unknown[]) {
  const box = useRef<HTMLElement>(null);
  const rows = useRef<HTMLTableSectionElement>(null);
  const first = useRef<HTMLTableRowElement>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown has moved the rows
  useLayoutEffect(() => {
    const now = rows.current?.rows[0];
    const before = first.current;
    if (box.current && box.current.scrollTop > 0 && now && before?.isConnected) {
      box.current.scrollTop += before.offsetTop - now.offsetTop;
    }
    first.current = now;
  }, [shown]);
  return { box, rows };
}
