//! A list's state in the address.

import type { Resource } from '../../bindings/Resource';
import type { ShipRisk } from '../../bindings/ShipRisk';
import type { SortColumn } from '../../bindings/SortColumn';
import sortColumns from '../../bindings/sort-columns.json';
import { readWish } from './date-wish';
import { MOST_NUMBERS } from './order-numbers';

/** The statuses that still have to be shipped; their natural order is the deadline. */
export const TO_SHIP = ['unshipped', 'partially_shipped'];

export const SORT_COLUMNS = sortColumns as Record<Resource, readonly SortColumn[]>;

/** A span of money of one currency, in minor units. */
export interface AmountSpan {
  currency: string;
  from?: number;
  to?: number;
}

export interface CountSpan {
  from?: number;
  to?: number;
}

/** Whether a span's ends are the wrong way round. */
export const isCrossed = ({ from, to }: CountSpan): boolean =>
  from !== undefined && to !== undefined && to < from;

/** The filters; dates are wishes of `date-wish.ts`. */
export interface Filters {
  q?: string;
  shops?: string[];
  status?: string[];
  /** How pressing the deadline is; holds beside the status. */
  risk?: ShipRisk[];
  /** Many order numbers at once. */
  numbers?: string[];
  /** Orders and products by creation; activities that overlap the span. */
  dates?: string;
  ship?: string;
  shipped?: string;
  delivered?: string;
  updated?: string;
  starts?: string;
  ends?: string;
  enroll?: string;
  amount?: AmountSpan;
  amount_known?: boolean;
  price?: AmountSpan;
  quantity?: CountSpan;
  stock?: CountSpan;
  sku_count?: CountSpan;
  categories?: string[];
  types?: string[];
  joined?: boolean;
  item_count?: CountSpan;
  remaining?: CountSpan;
}

export interface ListSearch extends Filters {
  sort?: SortColumn;
  desc?: boolean;
  /** The opened row: `{shop id}/{row id}`. */
  row?: string;
  /** The seller's own view that was opened; its filters may have been changed since. */
  view?: string;
  /** Activities may be shown over time. */
  as?: 'timeline';
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

const RISKS: readonly ShipRisk[] = ['due_soon', 'overdue'];

const risks = (value: unknown): ShipRisk[] | undefined => {
  const found = RISKS.filter((risk) => texts(value)?.includes(risk));
  return found.length > 0 ? found : undefined;
};

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const whole = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

function countSpan(value: unknown): CountSpan | undefined {
  const [from, to] = [whole(fields(value).from), whole(fields(value).to)];
  return (from === undefined && to === undefined) || isCrossed({ from, to }) ? undefined : { from, to };
}

function amountSpan(value: unknown): AmountSpan | undefined {
  const { currency, from, to } = fields(value);
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return undefined;
  const ends = { from: whole(from), to: whole(to) };
  return isCrossed(ends) ? undefined : { currency, ...ends };
}

const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** How each filter is read, and which lists know it. */
const READ: Record<keyof Filters, readonly [(value: unknown) => unknown, ...Resource[]]> = {
  q: [text, 'orders', 'products', 'activities'],
  shops: [texts, 'orders', 'products', 'activities'],
  status: [texts, 'orders', 'products', 'activities'],
  risk: [risks, 'orders'],
  numbers: [(value) => texts(value)?.slice(0, MOST_NUMBERS), 'orders'],
  dates: [readWish, 'orders', 'products', 'activities'],
  ship: [readWish, 'orders'],
  shipped: [readWish, 'orders'],
  delivered: [readWish, 'orders'],
  updated: [readWish, 'orders', 'products', 'activities'],
  starts: [readWish, 'activities'],
  ends: [readWish, 'activities'],
  enroll: [readWish, 'activities'],
  amount: [amountSpan, 'orders'],
  amount_known: [flag, 'orders'],
  price: [amountSpan, 'products'],
  quantity: [countSpan, 'orders'],
  stock: [countSpan, 'products'],
  sku_count: [countSpan, 'products'],
  categories: [texts, 'products'],
  types: [texts, 'activities'],
  joined: [flag, 'activities'],
  item_count: [countSpan, 'activities'],
  remaining: [countSpan, 'activities'],
};

const FILTERS = Object.keys(READ) as (keyof Filters)[];

/** The filters among what an address or a stored view holds; the others of the resource are `undefined`. */
function readFilters(resource: Resource, search: Record<string, unknown>): Filters {
  const known = FILTERS.filter((name) => READ[name].slice(1).includes(resource));
  return Object.fromEntries(known.map((name) => [name, READ[name][0](search[name])]));
}

export const validateListSearch =
  (resource: Resource) =>
  (search: Record<string, unknown>): ListSearch => ({
    ...readFilters(resource, search),
    sort: SORT_COLUMNS[resource].find((column) => column === search.sort),
    desc: flag(search.desc),
    row: text(search.row),
    view: text(search.view),
    as: resource === 'activities' && search.as === 'timeline' ? 'timeline' : undefined,
  });

/** Every filter taken away. */
export const WITHOUT_FILTERS: Filters = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

export const isFiltered = (search: ListSearch): boolean => FILTERS.some((name) => search[name] !== undefined);

/** What a view keeps of a list's address: no opened row, no dialog. Written alike whenever it means the same. */
export function filtersOf(search: ListSearch): ListSearch {
  const kept: readonly string[] = [...FILTERS, 'sort', 'desc'];
  const known = kept.map((name) => [name, (search as Record<string, unknown>)[name]] as const);
  return JSON.parse(JSON.stringify(Object.fromEntries(known))) as ListSearch;
}

export const rowKey = (shopId: string, id: string): string => `${shopId}/${id}`;

/** Splits a row key; shop ids hold no slash. */
export function splitRowKey(key: string): { shopId: string; id: string } {
  const slash = key.indexOf('/');
  return { shopId: key.slice(0, slash), id: key.slice(slash + 1) };
}
