//! How fast a sync goes, from what its progress told so far.

import type { SyncEvent } from '../../bindings/SyncEvent';
import type { SyncProgress } from '../../bindings/SyncProgress';

interface Beginning {
  pagesDone: number;
  /** In UTC milliseconds. */
  at: number;
}

/** Fewer pages than this say nothing about the next ones. */
const TELLING_PAGES = 3;

const beginnings = new Map<string, Beginning>();
const keyOf = ({ shop_id, resource }: Pick<SyncProgress, 'shop_id' | 'resource'>) => `${shop_id}/${resource}`;

export function notePace(event: SyncEvent, now: number): void {
  if (event.type === 'finished') {
    for (const key of beginnings.keys()) if (key.startsWith(`${event.shop_id}/`)) beginnings.delete(key);
    return;
  }
  const known = beginnings.get(keyOf(event));
  if (!known || event.pages_done < known.pagesDone) {
    beginnings.set(keyOf(event), { pagesDone: event.pages_done, at: now });
  }
}

/** Seconds until the pages known so far are read; `null` while there is nothing to go by. */
export function secondsLeft(progress: SyncProgress, now: number): number | null {
  const begin = beginnings.get(keyOf(progress));
  const pages = progress.pages_done - (begin?.pagesDone ?? 0);
  if (!begin || pages < TELLING_PAGES || now <= begin.at) return null;
  const left = progress.pages_total - progress.pages_done;
  return left <= 0 ? null : Math.ceil((left * (now - begin.at)) / pages / 1000);
}
