//! Day totals gathered for the overview: per span, currency and shop. Amounts of different currencies are never added.

import type { DayTotal } from '../../bindings/DayTotal';
import type { ShopCard } from '../../bindings/ShopCard';
import { stateOf } from '../../components/list/freshness';
import { dayText, startOfDay } from '../../format/zone';

export const RANGES = [7, 30, 90] as const;
export type Range = (typeof RANGES)[number];

export interface Spans {
  /** The days up to today. */
  now: readonly string[];
  /** As many days before those. */
  before: readonly string[];
}

const DAY_MILLISECONDS = 86_400_000;

/** The last days up to this one, written `2026-11-22`, and the same number before. */
export function spansOf(today: string, range: Range): Spans {
  const days = Array.from({ length: 2 * range }, (_, index) =>
    new Date(Date.parse(today) - (2 * range - 1 - index) * DAY_MILLISECONDS).toISOString().slice(0, 10),
  );
  return { now: days.slice(range), before: days.slice(0, range) };
}

/** What a span of days comes to. */
export interface Sum {
  orders: number;
  canceled: number;
  unknown: number;
  /** Minor units per currency; a currency without a known amount is not in it. */
  amounts: ReadonlyMap<string, number>;
}

export function sumOf(totals: readonly DayTotal[]): Sum {
  const amounts = new Map<string, number>();
  for (const { currency, amount_minor, orders, canceled, unknown_amounts } of totals) {
    const known = orders - canceled - unknown_amounts;
    if (currency && known > 0) amounts.set(currency, (amounts.get(currency) ?? 0) + amount_minor);
  }
  const add = (field: 'orders' | 'canceled' | 'unknown_amounts') =>
    totals.reduce((sum, total) => sum + total[field], 0);
  return { orders: add('orders'), canceled: add('canceled'), unknown: add('unknown_amounts'), amounts };
}

export const within = (totals: readonly DayTotal[], days: readonly string[]): DayTotal[] => {
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return totals.filter(({ day }) => day >= first && day <= last);
};

/** The first day since which all orders of these shops are here; `null` while those of one are not yet. */
export function firstKnownDay(cards: readonly ShopCard[], zone: string): string | null {
  const states = cards.flatMap((card) => stateOf(card, 'orders') ?? []).filter(({ allowed }) => allowed);
  const starts = states.map(({ complete_from: from }) => from);
  if (starts.includes(null)) return null;
  const since = Math.max(0, ...starts.filter((start) => start !== null));
  return startOfDay(since, zone) === since ? dayText(since, zone) : dayText(since, zone, -1);
}

/** Whether all orders of these days are here. */
export const isKnown = (days: readonly string[], firstKnown: string | null): boolean =>
  firstKnown !== null && (days[0] ?? '') >= firstKnown;

/** A day of a trend, beside the day that was as far into the span before. */
export interface TrendDay {
  day: string;
  value: number;
  dayBefore: string;
  /** `null` where not all orders of that day are here. */
  before: number | null;
}

export function trendOf(
  totals: readonly DayTotal[],
  spans: Spans,
  measure: (total: DayTotal) => number,
  firstKnown: string | null,
): TrendDay[] {
  const byDay = new Map<string, number>();
  for (const total of totals) byDay.set(total.day, (byDay.get(total.day) ?? 0) + measure(total));
  return spans.now.map((day, index) => {
    const dayBefore = spans.before[index] ?? day;
    const before = isKnown([dayBefore], firstKnown) ? (byDay.get(dayBefore) ?? 0) : null;
    return { day, value: byDay.get(day) ?? 0, dayBefore, before };
  });
}

/** By how much more or less, as a share of before; nothing where there was nothing before, or it is not known. */
export const growthOf = (value: number, before: number | null): number | undefined =>
  before !== null && before > 0 ? (value - before) / before : undefined;
