//! Open lists. The core keeps a list's order still under its handle; here is who holds which handle and when it is released.

import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  usePrefetchQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { Activity } from '../bindings/Activity';
import type { ListQuery } from '../bindings/ListQuery';
import type { Product } from '../bindings/Product';
import type { Resource } from '../bindings/Resource';
import type { ViewNews } from '../bindings/ViewNews';
import type { ViewOpened } from '../bindings/ViewOpened';
import { call } from '../ipc/call';
import { BLOCK, blocksInSight, isViewGone, type RowOf, rowsBlock } from './list-rows';
import { tagOf } from './tags';

/** Deadlines pass without a commit, so the counts of orders are asked for again by the minute. */
const RECOUNT_MILLISECONDS = 60_000;

/** `shown` stands still under the seller's hands; `latest` has what came since. */
export interface ListView {
  shown: ViewOpened;
  latest: ViewOpened;
}

const viewKey = (query: ListQuery) => [tagOf(query.resource), 'view', query] as const;

function release(view: ViewOpened): void {
  void call('close_view', { handle: view.handle }).catch(() => {
    // The core forgets handles by itself when it must; there is nothing left to release then.
  });
}

/** Releases a list that nobody waits for any more. */
function keepUnless(signal: AbortSignal, view: ViewOpened): void {
  if (!signal.aborted) return;
  release(view);
  throw signal.reason;
}

function releaseBoth({ shown, latest }: ListView): void {
  release(shown);
  if (latest.handle !== shown.handle) release(latest);
}

const listView = (client: QueryClient, query: ListQuery) =>
  queryOptions({
    queryKey: viewKey(query),
    queryFn: async ({ signal }): Promise<ListView> => {
      const latest = await call('open_view', { query });
      keepUnless(signal, latest);
      const before = client.getQueryData<ListView>(viewKey(query));
      if (!before) {
        // With its first rows, so that it is drawn once and never without them.
        if (latest.count > 0) await client.prefetchQuery(rowsBlock(query.resource, latest.handle, 0));
        // Who wanted the list may have gone meanwhile.
        keepUnless(signal, latest);
        return { shown: latest, latest };
      }
      if (before.latest.handle !== before.shown.handle) release(before.latest);
      return { shown: before.shown, latest };
    },
    structuralSharing: false,
    gcTime: 30_000,
    refetchInterval: query.resource === 'orders' ? RECOUNT_MILLISECONDS : false,
  });

/** Releases a list's handles when its query leaves the cache. Called once, where the client is made. */
export function releaseClosedViews(client: QueryClient): void {
  client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'removed' || query.queryKey[1] !== 'view') return;
    const view = query.state.data as ListView | undefined;
    if (view) releaseBoth(view);
  });
}

/** Opens a list anew. Where there is one, it stays until the other is there: the seller stays at the same place. */
async function openAnew(client: QueryClient, query: ListQuery): Promise<void> {
  const queryKey = viewKey(query);
  const before = client.getQueryData<ListView>(queryKey);
  const latest = before && (await call('open_view', { query }).catch(() => undefined));
  if (latest) {
    const blocks = blocksInSight(client, query.resource, before.shown.handle);
    await Promise.all(
      blocks.map((block) => client.prefetchQuery(rowsBlock(query.resource, latest.handle, block))),
    );
    client.setQueryData<ListView>(queryKey, { shown: latest, latest });
  } else {
    await client.resetQueries({ queryKey });
  }
  if (before) releaseBoth(before);
}

/** A list: its counts, and the way to what came since. Its rows are read by `useListRows`. */
export function useListView<R extends Resource>(query: ListQuery & { resource: R }) {
  const client = useQueryClient();
  // Asked for before the page around it is drawn.
  usePrefetchQuery(listView(client, query));
  const { data, error } = useQuery({ ...listView(client, query), placeholderData: keepPreviousData });

  const adopt = useCallback(async () => {
    const list = client.getQueryData<ListView>(viewKey(query));
    if (!list) return;
    const { shown, latest } = list;
    // The rows first, so that nothing flickers.
    const blocks = blocksInSight(client, query.resource, shown.handle);
    await Promise.all(
      blocks.map((block) => client.prefetchQuery(rowsBlock(query.resource, latest.handle, block))),
    );
    client.setQueryData<ListView>(viewKey(query), (now) => {
      if (!now || now.latest.handle !== latest.handle || now.shown.handle === latest.handle) return now;
      release(now.shown);
      return { shown: latest, latest };
    });
  }, [client, query]);

  const reopen = useCallback(() => void openAnew(client, query), [client, query]);
  const isGone = error !== null && isViewGone(error);
  useEffect(() => {
    if (isGone) reopen();
  }, [isGone, reopen]);

  return { view: data, error: isGone ? null : error, reopen, adopt };
}

/** What happened since a list was opened. */
const viewNews = (resource: Resource, handle: number) =>
  queryOptions({
    queryKey: [tagOf(resource), 'news', handle] as const,
    queryFn: () => call('view_news', { handle }),
    gcTime: 10_000,
  });

/** Rows that came and rows that changed; nothing while the list is as it was opened. */
export function useViewNews(resource: Resource, view: ListView | undefined): ViewNews | undefined {
  const isOlder = view !== undefined && view.latest.handle !== view.shown.handle;
  const news = useQuery({ ...viewNews(resource, view?.shown.handle ?? 0), enabled: isOlder });
  return isOlder ? news.data : undefined;
}

/** How many rows a query has, for a number that opens the list behind it. */
export const viewCount = (query: ListQuery) =>
  queryOptions({
    queryKey: [tagOf(query.resource), 'count', query] as const,
    queryFn: async () => {
      const view = await call('open_view', { query });
      release(view);
      return view.count;
    },
    gcTime: 30_000,
    refetchInterval: RECOUNT_MILLISECONDS,
  });

/** The first rows of a query, read once. */
export const listStart = <R extends Resource>(query: ListQuery & { resource: R }, len: number) =>
  queryOptions({
    queryKey: [tagOf(query.resource), 'start', query, len] as const,
    queryFn: () => firstRows(query, len),
    gcTime: 30_000,
  });

const everything = <R extends Resource>(resource: R, search: string): ListQuery & { resource: R } => ({
  resource,
  shops: [],
  include_gone: false,
  statuses: [],
  search,
  dates: { from: null, to: null },
  sort: 'id',
  descending: false,
});

/** The first rows of a list that nobody keeps open. */
async function firstRows<R extends Resource>(
  query: ListQuery & { resource: R },
  len: number,
): Promise<RowOf[R][]> {
  const view = await call('open_view', { query });
  try {
    const { rows } = await call('view_rows', { handle: view.handle, start: 0, len });
    return rows as RowOf[R][];
  } finally {
    release(view);
  }
}

/** One row by its id, however far down its list it is. */
export const rowById = <R extends 'products' | 'activities'>(resource: R, shopId: string, id: string) =>
  queryOptions({
    queryKey: [tagOf(resource), 'row', shopId, id] as const,
    queryFn: async (): Promise<RowOf[R] | null> => {
      const rows = await firstRows({ ...everything(resource, id), shops: [shopId] }, BLOCK);
      return rows.find((row) => idOf(row) === id) ?? null;
    },
  });

/** More rows are not read at once. */
const MOST_ROWS = 500;

/** The rows that changed last. */
const newestRows = <R extends Resource>(resource: R) =>
  firstRows({ ...everything(resource, ''), sort: 'updated_at', descending: true }, MOST_ROWS);

export const knownCategories = queryOptions({
  queryKey: ['products', 'categories'] as const,
  queryFn: async (): Promise<string[]> => {
    const rows = await newestRows('products');
    return [...new Set(rows.flatMap(({ category }) => category ?? []))].sort();
  },
});

export const knownActivityTypes = queryOptions({
  queryKey: ['activities', 'types'] as const,
  queryFn: async (): Promise<string[]> => {
    const rows = await newestRows('activities');
    return [...new Set(rows.map(({ activity_type: type }) => type))].sort();
  },
});

const MATCHES = 6;

/** A few orders whose number or words contain the text. */
export const ordersMatching = (text: string) =>
  queryOptions({
    queryKey: ['orders', 'matching', text] as const,
    queryFn: () => firstRows(everything('orders', text), MATCHES),
    gcTime: 10_000,
  });

const idOf = (row: Product | Activity): string => ('product_id' in row ? row.product_id : row.activity_id);
