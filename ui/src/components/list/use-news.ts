import { useEffect } from 'react';
import { type ListView, useViewNews } from '../../api/list-view';
import type { Resource } from '../../bindings/Resource';
import type { ViewNews } from '../../bindings/ViewNews';
import { useLatest } from '../use-latest';

/** What happened since the list was opened, to be offered: rows stand still until it is asked for. A list without rows takes it at once. */
export function useNews(
  resource: Resource,
  view: ListView | undefined,
  adopt: () => Promise<void>,
): ViewNews | undefined {
  const news = useViewNews(resource, view);
  const latest = view?.latest;
  const takeNow = view !== undefined && latest !== view.shown && view.shown.count === 0;
  const newestAdopt = useLatest(adopt);
  const handle = latest?.handle;
  useEffect(() => {
    if (takeNow && handle !== undefined) void newestAdopt.current();
  }, [takeNow, handle, newestAdopt]);
  if (!view || !news || takeNow) return undefined;
  // A deadline that passed changes a list without a commit.
  const moved = view.latest.count !== view.shown.count;
  return news.new + news.changed > 0 || moved ? news : undefined;
}
