//! Zones of time: which day a moment is in one of them, and when a day begins there.

const ASK_AGAIN_MILLISECONDS = 30_000;
let system = { zone: '', askedAt: Number.NEGATIVE_INFINITY };

/** The computer's zone. Asking takes longer than drawing a cell, and it changes when the seller travels. */
export function systemZone(): string {
  const now = Date.now();
  if (Math.abs(now - system.askedAt) >= ASK_AGAIN_MILLISECONDS) {
    system = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, askedAt: now };
  }
  return system.zone;
}

export function isZone(name: unknown): name is string {
  if (typeof name !== 'string' || name === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const made = new Map<string, Intl.DateTimeFormat>();

/** A format is costly to make, and every row of a list needs one. */
export function dateFormat(
  language: string,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  made.set(key, format);
  return format;
}

const DAY = 86_400;
const CLOCK = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  hourCycle: 'h23',
} as const;

/** What the clocks of the zone show, as if it were UTC. */
function wallClock(seconds: number, zone: string): number {
  const parts = new Map(
    dateFormat('en', zone, CLOCK)
      .formatToParts(seconds * 1000)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year, month, day] = (['year', 'month', 'day'] as const).map((part) => parts.get(part) ?? 0);
  const [hour, minute, second] = (['hour', 'minute', 'second'] as const).map((part) => parts.get(part) ?? 0);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) / 1000;
}

const wholeDay = (seconds: number): number => seconds - (((seconds % DAY) + DAY) % DAY);

/** The day's first second; it is not at midnight where clocks are put forward then. `midnight` as if it were UTC. */
function beginningOf(midnight: number, zone: string): number {
  const candidates = [midnight - DAY, midnight + DAY]
    .map((near) => midnight - (wallClock(near, zone) - near))
    .sort((one, other) => one - other);
  return candidates.find((start) => wholeDay(wallClock(start, zone)) === midnight) ?? midnight;
}

/** First second of the day, `days` days before the one that `now` is in. */
export function startOfDay(now: number, zone: string, days = 0): number {
  return beginningOf(wholeDay(wallClock(now, zone)) - days * DAY, zone);
}

/** First second of a day written `2026-11-22`; nothing if it is no date. */
export function parseDay(text: string, zone: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  return beginningOf(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 1000, zone);
}

/** The day as `2026-11-22`, `days` days before the one that `now` is in. */
export function dayText(now: number, zone: string, days = 0): string {
  const midnight = wholeDay(wallClock(now, zone)) - days * DAY;
  return new Date(midnight * 1000).toISOString().slice(0, 10);
}
