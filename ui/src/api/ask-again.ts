//! Asks again what is no longer true.

import type { InvalidateQueryFilters, QueryClient } from '@tanstack/react-query';

/** Answers on their way that will be marked when they have come: once, however often they are asked for again. */
const awaited = new WeakSet<Promise<unknown>>();

/**
 * Marks answers as out of date; those in sight are asked for again at once. The cache takes an answer that was on its
 * way for new, though it may be of before: where no newer one replaces it, it is marked when it has come.
 */
export function askAgain(client: QueryClient, filters: InvalidateQueryFilters): void {
  const onTheirWay = client
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .filter((query) => query.state.data === undefined || !query.isActive());
  void client.invalidateQueries(filters);
  for (const { promise, queryKey } of onTheirWay) {
    if (!promise || awaited.has(promise)) continue;
    awaited.add(promise);
    const mark = () => void client.invalidateQueries({ queryKey, exact: true });
    promise.then(mark, mark);
  }
}
