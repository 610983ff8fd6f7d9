import { useLocation } from '@tanstack/react-router';
import { useRef } from 'react';

/** The filters that each page was left with, by its path, so that coming back finds them. */
export function useLastSearches(): Record<string, object> {
  const { pathname, search } = useLocation();
  const last = useRef<Record<string, object>>({});
  const {
    dialog: _,
    again: _again,
    begin: _begin,
    row: _row,
    ...filters
  } = search as Record<string, unknown>;
  last.current[pathname] = filters;
  return last.current;
}
