//! What a commit made stale is asked for again: at once, but heavy questions at most every few seconds while a sync writes.

import { hashKey, type QueryClient } from '@tanstack/react-query';
import type { Change } from '../bindings/Change';
import type { Tag } from '../bindings/Tag';
import { askAgain } from './ask-again';
import { syncState } from './queries';

/** Each of these filters or adds up a whole list. */
const HEAVY: ReadonlySet<unknown> = new Set([
  'view',
  'count',
  'start',
  'totals',
  'top_skus',
  'categories',
  'types',
  'matching',
]);

export const HEAVY_MILLISECONDS = 5000;

/** Returns what handles each change of the core. Lives as long as the client. */
export function followChanges(client: QueryClient): (change: Change) => void {
  const waiting = new Set<Tag>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = Number.NEGATIVE_INFINITY;

  const drop = (tag: Tag, heavy: boolean) =>
    askAgain(client, {
      queryKey: [tag],
      predicate: ({ queryKey }) => HEAVY.has(queryKey[1]) === heavy,
    });
  const askHeavy = () => {
    clearTimeout(timer);
    timer = undefined;
    asked = Date.now();
    for (const tag of waiting) drop(tag, true);
    waiting.clear();
  };
  const isSyncing = () => (client.getQueryData(syncState.queryKey)?.running.length ?? 0) > 0;

  const stateKey = hashKey(syncState.queryKey);
  client.getQueryCache().subscribe(({ query }) => {
    if (waiting.size > 0 && query.queryHash === stateKey && !isSyncing()) askHeavy();
  });

  return ({ tags }) => {
    for (const tag of tags) {
      drop(tag, false);
      waiting.add(tag);
    }
    const rest = isSyncing() ? asked + HEAVY_MILLISECONDS - Date.now() : 0;
    if (rest <= 0) askHeavy();
    else timer ??= setTimeout(askHeavy, rest);
  };
}
