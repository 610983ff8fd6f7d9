//! Every question the window asks, as query options. Lists are in `list-view.ts`.

import { queryOptions } from '@tanstack/react-query';
import type { ReadOrderTotals } from '../bindings/ReadOrderTotals';
import type { ReadTopSkus } from '../bindings/ReadTopSkus';
import type { SyncRun } from '../bindings/SyncRun';
import type { Tag } from '../bindings/Tag';
import { call } from '../ipc/call';
import { readLicences } from '../licences/licences';
import type { TaggedKey } from './tags';

const key = <K extends TaggedKey>(...parts: K): K => parts;

/** Runs of the sync log that are read at once. */
const RUNS = 200;

export const appInfo = queryOptions({
  queryKey: key('settings', 'app_info'),
  queryFn: () => call('app_info', null),
});

/** Files come and go without a word, so it is asked whenever it is shown. */
export const dataOnDisk = queryOptions({
  queryKey: key('settings', 'data_on_disk'),
  queryFn: () => call('data_on_disk', null),
  staleTime: 0,
});

/** What goes into the bundle; put together anew each time it is looked at. */
export const diagnostics = queryOptions({
  queryKey: key('settings', 'diagnostics'),
  queryFn: () => call('prepare_diagnostics', null),
  staleTime: 0,
  gcTime: 0,
});

export const licences = queryOptions({
  queryKey: key('settings', 'licences'),
  queryFn: readLicences,
});

export const settings = queryOptions({
  queryKey: key('settings', 'settings'),
  queryFn: () => call('get_settings', null),
});

/** How many finished orders would be deleted if they were kept for so many days. */
export const ordersBeyond = (days: number) =>
  queryOptions({
    queryKey: key('orders', 'beyond', days),
    queryFn: () => call('count_orders_beyond', { days }),
  });

export const vaultStatus = queryOptions({
  queryKey: key('settings', 'vault'),
  queryFn: () => call('vault_status', null),
});

/** What this desktop offers beside the window; it may change at any time, unnoticed. */
export const presence = queryOptions({
  queryKey: key('settings', 'presence'),
  queryFn: () => call('presence', null),
  staleTime: 0,
});

export const shops = queryOptions({
  queryKey: key('shops', 'cards'),
  queryFn: () => call('list_shops', null),
});

export const gatewayApps = queryOptions({
  queryKey: key('shops', 'gateway_apps'),
  queryFn: () => call('list_gateway_apps', null),
});

export const syncState = queryOptions({
  queryKey: key('sync_runs', 'state'),
  queryFn: () => call('sync_state', null),
});

/**
 * The newest runs, in as many pages as are wanted. One answer for all of them: while a sync writes, it is asked for again as a
 * whole, and no page that was asked for meanwhile is lost.
 */
export const syncRuns = (shopId: string | null, problemsOnly: boolean, pages: number) =>
  queryOptions({
    queryKey: key('sync_runs', 'log', shopId, problemsOnly, pages),
    queryFn: async () => {
      const runs: SyncRun[] = [];
      for (let page = 0; page < pages && runs.length === page * RUNS; page += 1) {
        const before = runs.at(-1)?.id ?? null;
        const wanted = { limit: RUNS, shop_id: shopId, before, problems_only: problemsOnly };
        runs.push(...(await call('list_sync_runs', wanted)));
      }
      return { runs, hasOlder: runs.length === pages * RUNS };
    },
  });

export const quarantine = queryOptions({
  queryKey: key('sync_runs', 'quarantine'),
  queryFn: () => call('list_quarantine', null),
});

export const orderDetail = (shopId: string, orderSn: string) =>
  queryOptions({
    queryKey: key('orders', 'detail', shopId, orderSn),
    queryFn: () => call('get_order', { shop_id: shopId, order_sn: orderSn }),
  });

/** Orders per day, shop and currency; days of the seller's zone. */
export const orderTotals = (wanted: ReadOrderTotals) =>
  queryOptions({
    queryKey: key('orders', 'totals', wanted),
    queryFn: () => call('order_totals', wanted),
    gcTime: 60_000,
  });

/** What sold most in a span of days. */
export const topSkus = (wanted: ReadTopSkus) =>
  queryOptions({
    queryKey: key('orders', 'top_skus', wanted),
    queryFn: () => call('top_skus', wanted),
    gcTime: 60_000,
  });

/** Which questions each tag makes stale; the lists' are added in `list-view.ts`. A tag without a question is dead. */
export const questionsByTag = {
  shops: ['cards', 'gateway_apps'],
  orders: ['detail', 'view', 'rows', 'news', 'count', 'totals', 'top_skus'],
  products: ['view', 'rows', 'news', 'categories'],
  activities: ['view', 'rows', 'news', 'count', 'start', 'types'],
  sync_runs: ['state', 'log', 'quarantine'],
  settings: ['app_info', 'data_on_disk', 'diagnostics', 'licences', 'settings', 'vault'],
} as const satisfies Record<Tag, readonly [string, ...string[]]>;
