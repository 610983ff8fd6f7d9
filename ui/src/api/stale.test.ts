import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SyncState } from '../bindings/SyncState';
import type { Tag } from '../bindings/Tag';
import * as lists from './list-view';
import * as queries from './queries';
import { followChanges, HEAVY_MILLISECONDS } from './stale';

const QUERY = {
  resource: 'orders',
  shops: [],
  statuses: [],
  search: '',
  dates: { from: null, to: null },
  include_gone: false,
  sort: 'id',
  descending: false,
} as const;
const COUNT: readonly unknown[] = lists.viewCount({ ...QUERY, shops: [], statuses: [] }).queryKey;
const DETAIL: readonly unknown[] = queries.orderDetail('custom:1', 'PO-1').queryKey;

const keysOf = [
  queries.appInfo.queryKey,
  queries.settings.queryKey,
  queries.vaultStatus.queryKey,
  queries.shops.queryKey,
  queries.gatewayApps.queryKey,
  queries.syncState.queryKey,
  queries.syncRuns(null, false, 1).queryKey,
  lists.rowById('products', 'custom:1', '1').queryKey,
  lists.rowById('activities', 'custom:1', '1').queryKey,
  DETAIL,
  COUNT,
] as readonly (readonly unknown[])[];

function followed(running: number) {
  const client = new QueryClient();
  const handle = followChanges(client);
  const setRunning = (shops: number) =>
    client.setQueryData(queries.syncState.queryKey, {
      running: Array.from({ length: shops }, () => ({})),
    } as unknown as SyncState);
  for (const key of keysOf) client.setQueryData(key, 'known');
  setRunning(running);
  const takeStale = (key: readonly unknown[]) => {
    const stale = client.getQueryState(key)?.isInvalidated;
    client.setQueryData(key, 'known');
    return stale;
  };
  return { client, setRunning, takeStale, change: (...tags: Tag[]) => handle({ shop_id: null, tags }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('every tag has a question that it makes stale, and every question a tag', () => {
  const asked = new Set(keysOf.map(([tag]) => tag));
  expect([...asked].sort()).toEqual(Object.keys(queries.questionsByTag).sort());
});

test('a change drops what carries its tags and nothing else', () => {
  const { client, change } = followed(0);
  change('orders', 'sync_runs');
  const stale = keysOf.filter((key) => client.getQueryState(key)?.isInvalidated);
  expect(new Set(stale.map(([tag]) => tag))).toEqual(new Set(['orders', 'sync_runs']));
  expect(stale).toContain(COUNT);
});

test('while a sync writes, what adds up a list is asked for again every few seconds, and what shows a row at once', () => {
  const { takeStale, change } = followed(1);
  change('orders');
  expect([takeStale(DETAIL), takeStale(COUNT)]).toEqual([true, true]);
  vi.advanceTimersByTime(500);
  change('orders');
  expect([takeStale(DETAIL), takeStale(COUNT)]).toEqual([true, false]);
  vi.advanceTimersByTime(HEAVY_MILLISECONDS - 501);
  expect(takeStale(COUNT)).toBe(false);
  vi.advanceTimersByTime(1);
  expect(takeStale(COUNT)).toBe(true);
  vi.advanceTimersByTime(HEAVY_MILLISECONDS);
  expect(takeStale(COUNT)).toBe(false);
});

test('the end of the sync brings the last numbers at once', () => {
  const { takeStale, setRunning, change } = followed(1);
  change('orders');
  takeStale(COUNT);
  change('orders');
  expect(takeStale(COUNT)).toBe(false);
  setRunning(0);
  expect(takeStale(COUNT)).toBe(true);
  change('orders');
  expect(takeStale(COUNT)).toBe(true);
});
