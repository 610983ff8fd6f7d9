//! The query that a list's address stands for.

import type { AmountRange } from '../../bindings/AmountRange';
import type { ListQuery } from '../../bindings/ListQuery';
import type { Resource } from '../../bindings/Resource';
import { rangeOf } from './date-wish';
import { type AmountSpan, type CountSpan, type ListSearch, TO_SHIP } from './list-search';

const PRESSING = new Set([...TO_SHIP, 'due_soon', 'overdue']);

function naturalSort(
  resource: Resource,
  { status = [], risk = [] }: ListSearch,
): Pick<ListQuery, 'sort' | 'descending'> {
  switch (resource) {
    case 'orders':
      return risk.length > 0 || (status.length > 0 && status.every((word) => PRESSING.has(word)))
        ? { sort: 'ship_by', descending: false }
        : { sort: 'created_at', descending: true };
    case 'products':
      return { sort: 'name', descending: false };
    case 'activities':
      return { sort: 'end_time', descending: true };
  }
}

const amountRange = ({ currency, from, to }: AmountSpan): AmountRange => ({
  currency,
  from_minor: from ?? null,
  to_minor: to ?? null,
});

const countRange = ({ from, to }: CountSpan) => ({ from: from ?? null, to: to ?? null });

const DATES = {
  ship: 'ship_by',
  shipped: 'shipped',
  delivered: 'delivered',
  updated: 'updated',
  starts: 'starts',
  ends: 'ends',
  enroll: 'enroll_until',
} as const satisfies Partial<Record<keyof ListSearch, keyof ListQuery>>;

const COUNTS = ['quantity', 'stock', 'sku_count', 'item_count', 'remaining'] as const;

/** Only what is wished for: a condition that a resource does not have is refused. */
function conditions(
  search: ListSearch,
  when: { now: number; zone: string },
): Omit<Partial<ListQuery>, 'resource'> {
  const dates = (Object.keys(DATES) as (keyof typeof DATES)[]).flatMap((name) =>
    search[name] ? [[DATES[name], rangeOf(search[name], when)] as const] : [],
  );
  const counts = COUNTS.flatMap((name) => (search[name] ? [[name, countRange(search[name])] as const] : []));
  return {
    ...Object.fromEntries(dates),
    ...(search.risk && { risk: search.risk }),
    ...(search.numbers && { order_sns: search.numbers }),
    ...(search.amount && { amount: amountRange(search.amount) }),
    ...(search.price && { price: amountRange(search.price) }),
    ...Object.fromEntries(counts),
    ...(search.categories && { categories: search.categories }),
    ...(search.types && { activity_types: search.types }),
    ...(search.joined !== undefined && { joined: search.joined }),
    ...(search.amount_known !== undefined && { amount_known: search.amount_known }),
  };
}

/** The shops in the address come before the one that the whole window is about. */
export function queryOf<R extends Resource>(
  resource: R,
  search: ListSearch,
  when: { now: number; zone: string },
  { lastVisit = null, shop }: { lastVisit?: number | null; shop?: string | undefined } = {},
): ListQuery & { resource: R } {
  const natural = naturalSort(resource, search);
  return {
    resource,
    shops: search.shops ?? (shop === undefined ? [] : [shop]),
    statuses: search.status ?? [],
    search: search.q ?? '',
    dates: rangeOf(search.dates, { ...when, lastVisit }),
    ...(search.dates === 'since_visit' && lastVisit !== null && { seen_since: lastVisit }),
    ...conditions(search, when),
    sort: search.sort ?? natural.sort,
    descending: search.sort ? (search.desc ?? false) : natural.descending,
    include_gone: false,
  };
}
