//! Where the seller was: the page, and the filters that each page was left with. It outlives the window.

import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
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

/** Brings a window that was just started back to its last page. `false` until it is there. */
export function useReturn(): boolean {
  const { href } = useLocation();
  const navigate = useNavigate();
  const [goal] = useState(() => {
    const { page, searches } = preferences().place;
    const known = PAGES.find(({ to }) => to === page);
    // An address of its own, as a link gives, comes first.
    return href === '/' && known && known.to !== '/'
      ? { to: known.to, search: searches[page] ?? {} }
      : undefined;
  });
  const [there, setThere] = useState(goal === undefined);
  const begun = useRef(false);
  useEffect(() => {
    if (!goal || begun.current) return;
    begun.current = true;
    void navigate({ ...goal, replace: true }).then(() => setThere(true));
  }, [goal, navigate]);
  return there;
}
