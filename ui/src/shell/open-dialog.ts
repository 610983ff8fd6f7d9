//! Dialogs are part of the address, so that Back closes them and every page can open them.

import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { asLeft } from './last-place';

export const DIALOGS = [
  'authorize',
  'vault',
  'palette',
  'shortcuts',
  'sync',
  'restore',
  'diagnostics',
  'licences',
] as const;
export type DialogName = (typeof DIALOGS)[number];

/** How the authorization wizard begins. */
export const BEGINNINGS = ['app', 'proxy', 'paste'] as const;
export type Beginning = (typeof BEGINNINGS)[number];

export interface DialogSearch {
  dialog?: DialogName;
  /** The shop to authorize again. */
  again?: string;
  begin?: Beginning;
}

const oneOf = <T extends string>(words: readonly T[], value: unknown): T | undefined =>
  words.find((word) => word === value);

export function validateDialogSearch(search: Record<string, unknown>): DialogSearch {
  return {
    dialog: oneOf(DIALOGS, search.dialog),
    again: typeof search.again === 'string' ? search.again : undefined,
    begin: oneOf(BEGINNINGS, search.begin),
  };
}

export function useOpen() {
  const navigate = useNavigate();
  return useMemo(() => {
    const show = (next: DialogSearch, replace = false) =>
      void navigate({
        to: '.',
        replace,
        search: (previous) => ({
          ...previous,
          dialog: undefined,
          again: undefined,
          begin: undefined,
          ...next,
        }),
      });
    return {
      authorize: (again?: string, begin?: Beginning) => show({ dialog: 'authorize', again, begin }),
      vault: () => show({ dialog: 'vault' }),
      palette: () => show({ dialog: 'palette' }, true),
      shortcuts: () => show({ dialog: 'shortcuts' }),
      sync: () => show({ dialog: 'sync' }),
      restore: () => show({ dialog: 'restore' }),
      diagnostics: () => show({ dialog: 'diagnostics' }),
      licences: () => show({ dialog: 'licences' }),
      settings: () => void navigate({ to: '/settings' }),
      shops: () => void navigate({ to: '/shops' }),
      orders: () => void navigate(asLeft('/orders')),
      nothing: () => show({}, true),
    };
  }, [navigate]);
}
