//! A list's state in the address, and the query it stands for.

import type { ListQuery } from '../../bindings/ListQuery';
import type { Resource } from '../../bindings/Resource';
import type { SortColumn } from '../../bindings/SortColumn';
import { parseDay, startOfDay } from '../../format/time';

export const DATE_PRESETS = [
  'today',
  'yesterday',
  'days_7',
  'days_30',
  'days_90',
  'since_visit',
  'custom',
] as const;
export type DatePreset = (typeof DATE_PRESETS)[number];

const DAYS_BEFORE_TODAY = { today: 0, days_7: 6, days_30: 29, days_90: 89 } as const;

/** The statuses that still have to be shipped; their natural order is the deadline. */
export const TO_SHIP = ['unshipped', 'partially_shipped'];
const PRESSING = new Set([...TO_SHIP, 'due_soon', 'overdue']);

const SORT_COLUMNS: Record<Resource, readonly SortColumn[]> = {
  orders: ['id', 'shop', 'status', 'amount', 'created_at', 'ship_by', 'delivered_at', 'updated_at'],
  products: ['id', 'shop', 'name', 'status', 'amount', 'stock', 'created_at', 'updated_at'],
  activities: ['id', 'shop', 'name', 'status', 'activity_type', 'start_time', 'end_time', 'enroll_deadline'],
};

export interface ListSearch {
  q?: string;
  shops?: string[];
  status?: string[];
  dates?: DatePreset;
  from?: string;
  to?: string;
  sort?: SortColumn;
  desc?: boolean;
  /** The opened row: `{shop id}/{row id}`. */
  row?: string;
  /** The seller's own view that was opened; its filters may have been changed since. */
  view?: string;
}

const text = (value: unknown): string | undefined => {
  // The router reads `q=123` as a number.
  const words = typeof value === 'number' ? String(value) : value;
  return typeof words === 'string' && words !== '' ? words : undefined;
};

const texts = (value: unknown): string[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const found = value.filter((word): word is string => typeof word === 'string');
  return found.length > 0 ? found : undefined;
};

export const validateListSearch =
  (resource: Resource) =>
  (search: Record<string, unknown>): ListSearch => ({
    q: text(search.q),
    shops: texts(search.shops),
    status: texts(search.status),
    dates: DATE_PRESETS.find((preset) => preset === search.dates),
    from: text(search.from),
    to: text(search.to),
    sort: SORT_COLUMNS[resource].find((column) => column === search.sort),
    desc: typeof search.desc === 'boolean' ? search.desc : undefined,
    row: text(search.row),
    view: text(search.view),
  });

function naturalSort(
  resource: Resource,
  statuses: readonly string[],
): Pick<ListQuery, 'sort' | 'descending'> {
  switch (resource) {
    case 'orders':
      return statuses.length > 0 && statuses.every((status) => PRESSING.has(status))
        ? { sort: 'ship_by', descending: false }
        : { sort: 'created_at', descending: true };
    case 'products':
      return { sort: 'name', descending: false };
    case 'activities':
      return { sort: 'end_time', descending: true };
  }
}

function datesOf(search: ListSearch, now: number, lastVisit: number | null): ListQuery['dates'] {
  if (!search.dates) return { from: null, to: null };
  if (search.dates === 'yesterday') return { from: startOfDay(now, 1), to: startOfDay(now) - 1 };
  if (search.dates === 'since_visit') return { from: lastVisit ?? startOfDay(now), to: null };
  if (search.dates !== 'custom') return { from: startOfDay(now, DAYS_BEFORE_TODAY[search.dates]), to: null };
  const last = search.to ? parseDay(search.to) : undefined;
  return {
    from: (search.from ? parseDay(search.from) : undefined) ?? null,
    // The whole of the last day: up to the second before the next one begins.
    to: last === undefined ? null : startOfDay(last, -1) - 1,
  };
}

/** On a first visit everything of today is new. */
export function queryOf<R extends Resource>(
  resource: R,
  search: ListSearch,
  now: number,
  lastVisit: number | null = null,
): ListQuery & { resource: R } {
  const statuses = search.status ?? [];
  const natural = naturalSort(resource, statuses);
  return {
    resource,
    shops: search.shops ?? [],
    statuses,
    search: search.q ?? '',
    dates: datesOf(search, now, lastVisit),
    sort: search.sort ?? natural.sort,
    descending: search.sort ? (search.desc ?? false) : natural.descending,
    include_gone: false,
  };
}

export const isFiltered = (search: ListSearch): boolean =>
  Boolean(search.q || search.shops || search.status || search.dates);

export const WITHOUT_FILTERS = {
  q: undefined,
  shops: undefined,
  status: undefined,
  dates: undefined,
  from: undefined,
  to: undefined,
} satisfies ListSearch;

export const rowKey = (shopId: string, id: string): string => `${shopId}/${id}`;

/** Splits a row key; shop ids hold no slash. */
export function splitRowKey(key: string): { shopId: string; id: string } {
  const slash = key.indexOf('/');
  return { shopId: key.slice(0, slash), id: key.slice(slash + 1) };
}
