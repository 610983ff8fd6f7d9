import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import * as lists from './list-view';
import * as queries from './queries';
import { dropStale } from './tags';

const keysOf = [
  queries.appInfo,
  queries.settings,
  queries.vaultStatus,
  queries.shops,
  queries.gatewayApps,
  queries.syncState,
  queries.syncRuns(null),
  queries.orderDetail('custom:1', 'PO-1'),
  lists.rowById('products', 'custom:1', '1'),
  lists.rowById('activities', 'custom:1', '1'),
].map((options): readonly unknown[] => options.queryKey);

test('every tag has a question that it makes stale, and every question a tag', () => {
  const asked = new Set(keysOf.map(([tag]) => tag));
  expect([...asked].sort()).toEqual(Object.keys(queries.questionsByTag).sort());
});

test('a change drops what carries its tags and nothing else', async () => {
  const client = new QueryClient();
  for (const key of keysOf) client.setQueryData(key, 'known');
  dropStale(client, { shop_id: null, tags: ['orders', 'sync_runs'] });
  const stale = keysOf.filter((key) => client.getQueryState(key)?.isInvalidated);
  expect(new Set(stale.map(([tag]) => tag))).toEqual(new Set(['orders', 'sync_runs']));
});
