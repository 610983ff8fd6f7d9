import { useEffect, useState } from 'react';
import type { ListView } from '../../api/list-view';
import { useLatest } from '../use-latest';

/** What came since the list was opened: taken in while its first row is in sight and nothing is selected, else offered. */
export function useNews(view: ListView | undefined, adopt: () => Promise<void>) {
  const [atTop, setAtTop] = useState(true);
  const [held, setHeld] = useState(false);
  const isNews = view !== undefined && view.latest.handle !== view.shown.handle;
  const takeNow = isNews && ((atTop && !held) || view.shown.count === 0);
  const latest = view?.latest.handle;
  const newestAdopt = useLatest(adopt);
  useEffect(() => {
    if (takeNow && latest !== undefined) void newestAdopt.current();
  }, [takeNow, latest, newestAdopt]);
  const difference = isNews && !takeNow ? view.latest.count - view.shown.count : 0;
  return { waiting: difference === 0 ? undefined : difference, onAtTop: setAtTop, onHold: setHeld };
}
