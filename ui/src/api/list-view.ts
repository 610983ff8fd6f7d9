//! Open lists. The core keeps a list's order still under its handle; here is who holds which handle and when it is released.

import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Activity } from '../bindings/Activity';
import type { ListQuery } from '../bindings/ListQuery';
import type { Order } from '../bindings/Order';
import type { Product } from '../bindings/Product';
import type { Resource } from '../bindings/Resource';
import type { ViewNews } from '../bindings/ViewNews';
import type { ViewOpened } from '../bindings/ViewOpened';
import { call } from '../ipc/call';
import { toFailure } from '../ipc/errors';
import { tagOf } from './tags';

/** Rows read at once. */
export const BLOCK = 100;

/** Deadlines pass without a commit, so the counts of orders are asked for again by the minute. */
const RECOUNT_MILLISECONDS = 60_000;

export interface RowOf {
  orders: Order;
  products: Product;
  activities: Activity;
}

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

const listView = (client: QueryClient, query: ListQuery) =>
  queryOptions({
    queryKey: viewKey(query),
    queryFn: async ({ signal }): Promise<ListView> => {
      const latest = await call('open_view', { query });
      if (signal.aborted) {
        release(latest);
        throw signal.reason;
      }
      const before = client.getQueryData<ListView>(viewKey(query));
      if (!before) return { shown: latest, latest };
      if (before.latest.handle !== before.shown.handle) release(before.latest);
      return { shown: before.shown, latest };
    },
    structuralSharing: false,
    gcTime: 30_000,
    refetchInterval: query.resource === 'orders' ? RECOUNT_MILLISECONDS : false,
  });

const rowsBlock = <R extends Resource>(resource: R, handle: number, block: number) =>
  queryOptions({
    queryKey: [tagOf(resource), 'rows', handle, block] as const,
    queryFn: async (): Promise<RowOf[R][]> => {
      const { rows } = await call('view_rows', { handle, start: block * BLOCK, len: BLOCK });
      return rows as RowOf[R][];
    },
    gcTime: 60_000,
  });

/** Releases a list's handles when its query leaves the cache. Called once, where the client is made. */
export function releaseClosedViews(client: QueryClient): void {
  client.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'removed' || query.queryKey[1] !== 'view') return;
    const view = query.state.data as ListView | undefined;
    if (!view) return;
    release(view.shown);
    if (view.latest.handle !== view.shown.handle) release(view.latest);
  });
}

/** A list: its counts, the rows around what is visible, and the way to what came since. */
export function useListView<R extends Resource>(query: ListQuery & { resource: R }) {
  const client = useQueryClient();
  const view = useQuery({ ...listView(client, query), placeholderData: keepPreviousData });
  const [blocks, setBlocks] = useState<readonly [number, number]>([0, 0]);
  const shown = view.data?.shown;
  const handle = shown?.handle;

  const indexes = useMemo(() => {
    const last = Math.min(blocks[1], Math.max(0, Math.ceil((shown?.count ?? 0) / BLOCK) - 1));
    const first = Math.min(blocks[0], last);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }, [blocks, shown?.count]);

  const pages = useQueries({
    queries: indexes.map((block) => ({
      ...rowsBlock(query.resource, handle ?? 0, block),
      enabled: handle !== undefined && (shown?.count ?? 0) > 0,
    })),
  });

  const rowAt = (index: number): RowOf[R] | undefined => {
    const block = Math.floor(index / BLOCK);
    return pages[indexes.indexOf(block)]?.data?.[index - block * BLOCK];
  };

  const onVisible = useCallback((first: number, last: number) => {
    const next = [Math.floor(first / BLOCK), Math.floor(last / BLOCK)] as const;
    setBlocks((now) => (now[0] === next[0] && now[1] === next[1] ? now : next));
  }, []);

  const rowsOf = async (wanted: readonly number[]): Promise<RowOf[R][]> => {
    const needed = [...new Set(wanted.map((index) => Math.floor(index / BLOCK)))];
    const read = new Map<number, RowOf[R][]>();
    for (const block of needed) {
      read.set(block, await client.fetchQuery(rowsBlock(query.resource, handle ?? 0, block)));
    }
    return wanted.flatMap((index) => read.get(Math.floor(index / BLOCK))?.[index % BLOCK] ?? []);
  };

  const adopt = useCallback(async () => {
    const latest = client.getQueryData<ListView>(viewKey(query))?.latest;
    if (!latest) return;
    // The rows first, so that nothing flickers.
    await Promise.all(
      indexes.map((block) => client.prefetchQuery(rowsBlock(query.resource, latest.handle, block))),
    );
    client.setQueryData<ListView>(viewKey(query), (now) => {
      if (!now || now.latest.handle !== latest.handle || now.shown.handle === latest.handle) return now;
      release(now.shown);
      return { shown: latest, latest };
    });
  }, [client, query, indexes]);

  const reopen = useCallback(() => void client.resetQueries({ queryKey: viewKey(query) }), [client, query]);

  const error = view.error ?? pages.find((page) => page.error)?.error ?? null;
  const isGone = error !== null && toFailure(error).code === 'view_gone';
  useEffect(() => {
    if (isGone) reopen();
  }, [isGone, reopen]);

  return {
    view: view.data,
    error: isGone ? null : error,
    reopen,
    rowAt,
    /** Reads these rows, wherever they are in the list. */
    rowsOf,
    onVisible,
    adopt,
  };
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

/** The categories of the products that changed last. */
export const knownCategories = queryOptions({
  queryKey: ['products', 'categories'] as const,
  queryFn: async (): Promise<string[]> => {
    const newest = { ...everything('products', ''), sort: 'updated_at', descending: true } as const;
    const rows = await firstRows(newest, MOST_ROWS);
    return [...new Set(rows.flatMap(({ category }) => category ?? []))].sort();
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
