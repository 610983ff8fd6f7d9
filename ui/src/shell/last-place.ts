//! Where the seller was: the page, and the filters that each page was left with. It outlives the window.

import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { preferences, setPreference, usePreference } from '../preferences/preferences';
import { PAGES } from './pages';

/** The filters that each page was left with, by its path, so that coming back finds them. */
export function useLastSearches(): Record<string, object> {
  const { pathname, search } = useLocation();
  const {
    dialog: _,
    again: _again,
    begin: _begin,
    row: _row,
    ...filters
  } = search as Record<string, unknown>;
  const kept = JSON.stringify(filters);
  useEffect(() => {
    const { searches } = preferences().place;
    setPreference('place', {
      page: pathname,
      searches: { ...searches, [pathname]: JSON.parse(kept) as object },
    });
  }, [pathname, kept]);
  return usePreference('place').searches;
}

/** The page that was shown last, as it was left; nothing where that is the first one. */
export function lastPlace() {
  const { page, searches } = preferences().place;
  const known = PAGES.find(({ to }) => to === page);
  return known && known.to !== '/' ? { to: known.to, search: searches[page] ?? {} } : undefined;
}
