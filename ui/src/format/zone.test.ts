import { describe, expect, test } from 'vitest';
import { dayText, isZone, parseDay, startOfDay, systemZone } from './zone';

const utc = (text: string): number => Date.parse(`${text}Z`) / 1000;

test('a day begins when the clocks of the zone show it', () => {
  const now = utc('2026-11-22T17:30:00');
  expect(startOfDay(now, 'Asia/Shanghai')).toBe(utc('2026-11-22T16:00:00'));
  expect(startOfDay(now, 'America/Los_Angeles')).toBe(utc('2026-11-22T08:00:00'));
  expect(startOfDay(now, 'Asia/Shanghai', 6)).toBe(utc('2026-11-16T16:00:00'));
  expect(dayText(now, 'Asia/Shanghai')).toBe('2026-11-23');
  expect(dayText(now, 'America/Los_Angeles', 1)).toBe('2026-11-21');
  expect(parseDay('2026-11-22', 'Asia/Kolkata')).toBe(utc('2026-11-21T18:30:00'));
  expect(parseDay('yesterday', 'UTC')).toBeUndefined();
});

test('where clocks are put forward at midnight, the day begins at one', () => {
  expect(parseDay('2026-04-24', 'Africa/Cairo')).toBe(utc('2026-04-23T22:00:00'));
});

test('where midnight comes twice, the day begins at the first', () => {
  expect(parseDay('2026-10-25', 'America/Havana')).toBe(utc('2026-10-25T04:00:00'));
  expect(parseDay('2026-11-01', 'America/Havana')).toBe(utc('2026-11-01T04:00:00'));
  expect(parseDay('2026-11-02', 'America/Havana')).toBe(utc('2026-11-02T05:00:00'));
});

describe.each(['Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Africa/Cairo', 'Pacific/Chatham'])(
  'in %s',
  (zone) => {
    test('every day of two years begins where the one before ends', () => {
      const first = utc('2026-01-10T12:00:00');
      for (let number = 0; number < 730; number += 1) {
        const begin = startOfDay(first + number * 86_400, zone);
        const day = dayText(begin, zone);
        expect(dayText(begin - 1, zone), day).toBe(dayText(begin, zone, 1));
        expect(parseDay(day, zone)).toBe(begin);
      }
    });
  },
);

test('a name that is no zone is not taken', () => {
  expect([isZone('Asia/Shanghai'), isZone(systemZone()), isZone('Atlantis'), isZone(8), isZone('')]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
