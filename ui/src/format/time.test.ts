import { expect, test } from 'vitest';
import { DAY, formatDay, formatExactTime, formatRelative, formatTime, HOUR, spanOf, urgencyOf } from './time';

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

test('a time is read from the clocks of the zone', () => {
  const seconds = Date.UTC(2026, 10, 22, 17, 30) / 1000;
  const shanghai = { language: 'en', zone: 'Asia/Shanghai' };
  expect(formatTime(seconds, shanghai, seconds)).toBe('Nov 23, 01:30');
  expect(formatTime(seconds, { language: 'zh-CN', zone: 'America/New_York' }, seconds)).toBe(
    '11月22日 12:30',
  );
  expect(formatDay(seconds, shanghai)).toBe('Nov 23, 2026');
  expect(formatExactTime(seconds, shanghai)).toBe('Nov 23, 2026, 01:30:00 GMT+8');
});

test('the year is told where it is another one there', () => {
  const now = Date.UTC(2026, 11, 31, 17) / 1000;
  expect(formatTime(now - 3600 * 2, { language: 'en', zone: 'Asia/Shanghai' }, now)).toBe(
    'Dec 31, 2026, 23:00',
  );
  expect(formatTime(now - 3600 * 2, { language: 'en', zone: 'UTC' }, now)).toBe('Dec 31, 15:00');
});
