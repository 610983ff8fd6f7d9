//! Where the seller was: the page, and the filters that each page was left with. It outlives the window.

import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { preferences, setPreference, usePreference } from '../preferences/preferences';
import { PAGES, type PageLink } from './pages';

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
    // The page of an order has nothing to come back to.
    const own = PAGES.some(({ to }) => to === pathname) && { [pathname]: JSON.parse(kept) as object };
    setPreference('place', { page: pathname, searches: { ...searches, ...own } });
  }, [pathname, kept]);
  return usePreference('place').searches;
}

/** A page with the filters that it was left with. */
export const asLeft = <To extends PageLink['to']>(to: To) => ({
  to,
  search: preferences().place.searches[to] ?? {},
});

/** The page that was shown last, as it was left; nothing where that is the first one. */
export function lastPlace() {
  const known = PAGES.find(({ to }) => to === preferences().place.page);
  return known && known.to !== '/' ? asLeft(known.to) : undefined;
}
