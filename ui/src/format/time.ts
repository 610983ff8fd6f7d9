//! Points in time (UTC seconds) and spans, in the seller's language and zone.

import { dateFormat } from './zone';

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** From ten days on, hours no longer matter. */
const LONG_HOURS = 240;

/** How times are told: a language, and the zone whose clocks they are read from. */
export interface TimeLocale {
  language: string;
  zone: string;
}

const DAY_AND_MINUTE = {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** `Nov 22, 08:12`, with the year where it is not the current one. */
export function formatTime(seconds: number, { language, zone }: TimeLocale, now: number): string {
  const year = dateFormat('en', zone, { year: 'numeric' });
  const sameYear = year.format(seconds * 1000) === year.format(now * 1000);
  const options = sameYear ? DAY_AND_MINUTE : ({ year: 'numeric', ...DAY_AND_MINUTE } as const);
  return dateFormat(language, zone, options).format(seconds * 1000);
}

/** With seconds and zone, for details. */
export function formatExactTime(seconds: number, { language, zone }: TimeLocale): string {
  const exactly = { year: 'numeric', ...DAY_AND_MINUTE, second: '2-digit' } as const;
  const time = dateFormat(language, zone, exactly).format(seconds * 1000);
  const name = dateFormat(language, zone, { timeZoneName: 'short' })
    .formatToParts(seconds * 1000)
    .find((part) => part.type === 'timeZoneName')?.value;
  // Some languages would put the zone between day and hour.
  return `${time} ${name ?? ''}`.trimEnd();
}

/** `Nov 22, 03:12 – 03:45`. */
export function formatTimeRange(from: number, to: number, { language, zone }: TimeLocale): string {
  return dateFormat(language, zone, DAY_AND_MINUTE).formatRange(from * 1000, to * 1000);
}

export function formatDay(seconds: number, { language, zone }: TimeLocale): string {
  const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  return dateFormat(language, zone, day).format(seconds * 1000);
}

/** A day of the year without it: `Nov 22`. */
export function formatShortDay(seconds: number, { language, zone }: TimeLocale): string {
  return dateFormat(language, zone, { month: 'short', day: 'numeric' }).format(seconds * 1000);
}

/** `4 min. ago`, `3天后`; for what is at least a minute away. */
export function formatRelative(seconds: number, language: string, now: number): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const difference = seconds - now;
  const magnitude = Math.abs(difference);
  if (magnitude < HOUR) return words.format(Math.trunc(difference / MINUTE), 'minute');
  if (magnitude < 2 * DAY) return words.format(Math.trunc(difference / HOUR), 'hour');
  return words.format(Math.trunc(difference / DAY), 'day');
}

/** The largest units of a span that matter: days, days and hours, hours and minutes, or minutes. */
export type Span =
  | { unit: 'long'; days: number }
  | { unit: 'days'; days: number; hours: number }
  | { unit: 'hours'; hours: number; minutes: number }
  | { unit: 'minutes'; minutes: number };

export function spanOf(seconds: number): Span {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= LONG_HOURS) return { unit: 'long', days: Math.floor(hours / 24) };
  if (hours >= 48) return { unit: 'days', days: Math.floor(hours / 24), hours: hours % 24 };
  if (hours >= 1) return { unit: 'hours', hours, minutes: minutes % 60 };
  return { unit: 'minutes', minutes };
}

/** How pressing a deadline is. */
export type Urgency = 'calm' | 'soon' | 'late';

export function urgencyOf(deadline: number, now: number): Urgency {
  if (deadline < now) return 'late';
  return deadline - now < DAY ? 'soon' : 'calm';
}
