//! A span of days as it stands in the address: a preset, or two days such as `2026-11-01..2026-11-30`.

import type { DateRange } from '../../bindings/DateRange';
import { DAY, HOUR } from '../../format/time';
import { parseDay, startOfDay } from '../../format/zone';

/** Days before today that a preset begins with; they end now. */
const BACKWARD = { today: 0, days_7: 6, days_30: 29, days_90: 89 } as const;
/** Days after today that a preset ends with; they begin now. */
const FORWARD = { next_1: 1, next_3: 3, next_7: 7, next_30: 30 } as const;

export const PAST_PRESETS = ['today', 'yesterday', 'days_7', 'days_30', 'days_90'] as const;
export const COMING_PRESETS = ['from_now', 'next_1', 'next_3', 'next_7', 'next_30'] as const;
const PRESETS = [...PAST_PRESETS, 'since_visit', ...COMING_PRESETS] as const;
export type DatePreset = (typeof PRESETS)[number];

/** A sync fetches so many seconds at first, and what is older later. */
const HISTORY = 30 * DAY;

const DAYS = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/;

export const presetOf = (wish: string | undefined): DatePreset | undefined =>
  PRESETS.find((preset) => preset === wish);

/** First and last day of a span that is no preset; either end may be open. */
export function daysOf(wish: string | undefined): readonly [string | undefined, string | undefined] {
  const match = DAYS.exec(wish ?? '');
  return [match?.[1], match?.[2]];
}

/** A year that is half typed lies before, and one too many digits behind. */
const [FIRST_DAY, LAST_DAY] = ['1970-01-02', '9998-12-31'];

/** Whether these are the ends of a span; either may be open. */
export const areDays = (first: string | undefined, last: string | undefined): boolean =>
  [first, last].every(
    (day) => day === undefined || (day.length === 10 && day >= FIRST_DAY && day <= LAST_DAY),
  ) &&
  (first === undefined || last === undefined || first <= last);

export const wishOf = (first: string | undefined, last: string | undefined): string | undefined =>
  first || last ? `${first ?? ''}..${last ?? ''}` : undefined;

/** What can be understood of a wish from an address made up by hand. */
export const readWish = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const [first, last] = daysOf(value);
  return presetOf(value) ?? (areDays(first, last) ? wishOf(first, last) : undefined);
};

const ANY: DateRange = { from: null, to: null };

export function rangeOf(
  wish: string | undefined,
  { now, zone, lastVisit = null }: { now: number; zone: string; lastVisit?: number | null },
): DateRange {
  const preset = presetOf(wish);
  switch (preset) {
    case undefined: {
      const [from, to] = daysOf(wish).map((day) => (day ? parseDay(day, zone) : undefined));
      if (from === undefined && to === undefined) return ANY;
      // The whole of the last day: up to the second before the next one begins.
      return { from: from ?? null, to: to === undefined ? null : startOfDay(to, zone, -1) - 1 };
    }
    case 'yesterday':
      return { from: startOfDay(now, zone, 1), to: startOfDay(now, zone) - 1 };
    // On a first visit everything of today is new. Later what came since then is; older orders that come are history that was fetched.
    case 'since_visit':
      return { from: lastVisit === null ? startOfDay(now, zone) : lastVisit - HISTORY, to: null };
    // By the hour, so that a list is not another one every minute.
    case 'from_now':
      return { from: now - (now % HOUR), to: null };
    case 'next_1':
    case 'next_3':
    case 'next_7':
    case 'next_30':
      return { from: now - (now % HOUR), to: startOfDay(now, zone, -FORWARD[preset] - 1) - 1 };
    default:
      return { from: startOfDay(now, zone, BACKWARD[preset]), to: null };
  }
}
