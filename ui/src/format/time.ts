//! Points in time (UTC seconds) and spans, in the seller's language and zone.

export const HOUR = 3600;
export const DAY = 24 * HOUR;

/** From ten days on, hours no longer matter. */
const LONG_HOURS = 240;

/** `Nov 22, 08:12`, with the year where it is not the current one. */
export function formatTime(seconds: number, language: string, now: number): string {
  const date = new Date(seconds * 1000);
  const sameYear = date.getFullYear() === new Date(now * 1000).getFullYear();
  return new Intl.DateTimeFormat(language, {
    year: sameYear ? undefined : 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(date);
}

/** With seconds and zone, for details. */
export function formatExactTime(seconds: number, language: string): string {
  const date = new Date(seconds * 1000);
  const time = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(date);
  const zone = new Intl.DateTimeFormat(language, { timeZoneName: 'short' })
    .formatToParts(date)
    .find((part) => part.type === 'timeZoneName')?.value;
  // Some languages would put the zone between day and hour.
  return `${time} ${zone ?? ''}`.trimEnd();
}

/** `Nov 22, 03:12 – 03:45`. */
export function formatTimeRange(from: number, to: number, language: string): string {
  return new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatRange(new Date(from * 1000), new Date(to * 1000));
}

export function formatDay(seconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' }).format(
    new Date(seconds * 1000),
  );
}

/** `4 minutes ago`, `3 天后`. */
export function formatRelative(seconds: number, language: string, now: number): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const difference = seconds - now;
  const magnitude = Math.abs(difference);
  if (magnitude < 60) return words.format(0, 'second');
  if (magnitude < HOUR) return words.format(Math.trunc(difference / 60), 'minute');
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

/** First second of the local day, `days` days before the one that `now` is in. */
export function startOfDay(now: number, days = 0): number {
  const date = new Date(now * 1000);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime() / 1000;
}

/** First second of a local day written `2026-11-22`; nothing if it is no date. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])).getTime() / 1000;
}
