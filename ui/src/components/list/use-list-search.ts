import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ListSearch } from './list-search';

/** The search of the list page that is shown, and how to change a part of it. */
export function useListSearch() {
  const search: ListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (next: ListSearch) =>
      void navigate({ to: '.', search: (previous) => ({ ...previous, ...next }), replace: true }),
    [navigate],
  );
  return { search, change };
}
