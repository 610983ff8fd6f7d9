//! The rows of an open list, read a block at a time around what is visible.

import { type QueryClient, queryOptions, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { Activity } from '../bindings/Activity';
import type { Order } from '../bindings/Order';
import type { Product } from '../bindings/Product';
import type { Resource } from '../bindings/Resource';
import type { ViewOpened } from '../bindings/ViewOpened';
import { call } from '../ipc/call';
import { toFailure } from '../ipc/errors';
import { tagOf } from './tags';

/** Rows read at once. */
export const BLOCK = 100;

export interface RowOf {
  orders: Order;
  products: Product;
  activities: Activity;
}

const rowsKey = (resource: Resource, handle: number) => [tagOf(resource), 'rows', handle] as const;

export const rowsBlock = <R extends Resource>(resource: R, handle: number, block: number) =>
  queryOptions({
    queryKey: [...rowsKey(resource, handle), block] as const,
    queryFn: async (): Promise<RowOf[R][]> => {
      const { rows } = await call('view_rows', { handle, start: block * BLOCK, len: BLOCK });
      return rows as RowOf[R][];
    },
    gcTime: 10_000,
  });

/** The blocks of an open list that somebody shows. */
export function blocksInSight(client: QueryClient, resource: Resource, handle: number): number[] {
  const shown = client.getQueryCache().findAll({ queryKey: rowsKey(resource, handle), type: 'active' });
  return shown.map(({ queryKey }) => Number(queryKey.at(-1)));
}

/** Whether the core has forgotten the list. */
export const isViewGone = (error: unknown): boolean => toFailure(error).code === 'view_gone';

/** The rows around what is visible, and any others on request. `onGone` is called when the core has forgotten the list. */
export function useListRows<R extends Resource>(
  resource: R,
  { handle, count }: ViewOpened,
  onGone: () => void,
) {
  const client = useQueryClient();
  const [[first, last], setBlocks] = useState<readonly [number, number]>([0, 0]);
  const lastOfAll = Math.max(0, Math.ceil(count / BLOCK) - 1);
  const from = Math.min(first, lastOfAll);
  const to = Math.min(last, lastOfAll);

  const blocks = useQueries({
    queries: Array.from({ length: to - from + 1 }, (_, step) => rowsBlock(resource, handle, from + step)),
  });

  // Those around are watched; a list that comes back at another place may still have what was read before.
  const watched = blocks.map(({ data }) => data);
  const rowAt = (index: number): RowOf[R] | undefined => {
    const block = Math.floor(index / BLOCK);
    const rows = watched[block - from] ?? client.getQueryData(rowsBlock(resource, handle, block).queryKey);
    return rows?.[index % BLOCK];
  };

  const onVisible = useCallback((firstRow: number, lastRow: number) => {
    const next = [Math.floor(firstRow / BLOCK), Math.floor(lastRow / BLOCK)] as const;
    setBlocks((now) => (now[0] === next[0] && now[1] === next[1] ? now : next));
  }, []);

  const rowsOf = async (wanted: readonly number[]): Promise<RowOf[R][]> => {
    const needed = [...new Set(wanted.map((index) => Math.floor(index / BLOCK)))];
    const read = new Map<number, RowOf[R][]>();
    for (const block of needed) read.set(block, await client.fetchQuery(rowsBlock(resource, handle, block)));
    return wanted.flatMap((index) => read.get(Math.floor(index / BLOCK))?.[index % BLOCK] ?? []);
  };

  const error = blocks.find((block) => block.error)?.error ?? null;
  const isGone = error !== null && isViewGone(error);
  useEffect(() => {
    if (isGone) onGone();
  }, [isGone, onGone]);

  return {
    error: isGone ? null : error,
    rowAt,
    /** Reads these rows, wherever they are in the list. */
    rowsOf,
    onVisible,
  };
}
