//! What the window's shortcuts do. The palette offers the same.

import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useStartSync } from '../api/mutations';
import { useLatest } from '../components/use-latest';
import type { ShortcutIn } from '../keyboard/shortcuts';
import { asLeft } from './last-place';
import { useOpen } from './open-dialog';
import { PAGES } from './pages';
import { toggleFold } from './use-fold';

/** `index` tells which of the shortcut's keys it was. */
export type Actions = Record<ShortcutIn<'window'>, (index: number) => void>;

export function useActions(): Actions {
  const navigate = useNavigate();
  const open = useOpen();
  const start = useLatest(useStartSync().start);
  return useMemo(
    () => ({
      palette: open.palette,
      pages: (index) => {
        const page = PAGES[index];
        if (page) void navigate(asLeft(page.to));
      },
      settings: open.settings,
      sync: () => start.current([]),
      search: () => {
        const box = document.querySelector<HTMLInputElement>('[data-search-box]');
        if (box) box.focus();
        else open.palette();
      },
      export: () => document.querySelector<HTMLElement>('[data-export]')?.click(),
      fold_rail: toggleFold,
      close: () =>
        void navigate({ to: '.', search: (previous) => ({ ...previous, row: undefined }), replace: true }),
      help: open.shortcuts,
    }),
    [navigate, open, start],
  );
}
