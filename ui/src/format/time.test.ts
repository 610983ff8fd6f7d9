import { expect, test } from 'vitest';
import { DAY, formatRelative, HOUR, parseDay, spanOf, startOfDay, urgencyOf } from './time';

const NOW = 1_800_000_000;

test('a span names its two largest units', () => {
  expect(spanOf(6 * HOUR + 12 * 60 + 59)).toEqual({ unit: 'hours', hours: 6, minutes: 12 });
  expect(spanOf(59)).toEqual({ unit: 'minutes', minutes: 0 });
  expect(spanOf(47 * HOUR + 59 * 60)).toEqual({ unit: 'hours', hours: 47, minutes: 59 });
  expect(spanOf(48 * HOUR)).toEqual({ unit: 'days', days: 2, hours: 0 });
  expect(spanOf(-5 * 60)).toEqual({ unit: 'minutes', minutes: 5 });
  expect(spanOf(30 * DAY)).toEqual({ unit: 'long', days: 30 });
});

test('a deadline presses under 24 hours and is late from its second on', () => {
  expect(urgencyOf(NOW + DAY, NOW)).toBe('calm');
  expect(urgencyOf(NOW + DAY - 1, NOW)).toBe('soon');
  expect(urgencyOf(NOW, NOW)).toBe('soon');
  expect(urgencyOf(NOW - 1, NOW)).toBe('late');
});

test('an age is in the language of the window', () => {
  expect(formatRelative(NOW - 240, 'en', NOW)).toBe('4 min. ago');
  expect(formatRelative(NOW - 240, 'zh-CN', NOW)).toBe('4分钟前');
  expect(formatRelative(NOW - 3 * DAY, 'en', NOW)).toBe('3 days ago');
});

test('days begin at local midnight', () => {
  const midnight = startOfDay(NOW);
  expect(new Date(midnight * 1000).getHours()).toBe(0);
  expect(midnight).toBeLessThanOrEqual(NOW);
  expect(new Date(startOfDay(NOW, 6) * 1000).getDate()).toBe(
    new Date((midnight - 6 * DAY + 12 * HOUR) * 1000).getDate(),
  );
  expect(parseDay('2026-11-22')).toBe(new Date(2026, 10, 22).getTime() / 1000);
  expect(parseDay('yesterday')).toBeUndefined();
});
