import { expect, test } from 'vitest';
import type { DayTotal } from '../../bindings/DayTotal';
import { fakeCard } from '../../ipc/fake-rows';
import { firstKnownDay, growthOf, isKnown, spansOf, sumOf, trendOf, within } from './spans';

const total = (day: string, changes: Partial<DayTotal> = {}): DayTotal => ({
  day,
  shop_id: 'us:1',
  currency: 'USD',
  orders: 3,
  canceled: 1,
  amount_minor: 2000,
  unknown_amounts: 0,
  ...changes,
});

const TODAY = '2026-11-03';

test('the span ends today, and as many days lie before it', () => {
  const { now, before } = spansOf(TODAY, 7);
  expect(now[0]).toBe('2026-10-28');
  expect(now.at(-1)).toBe('2026-11-03');
  expect(before).toHaveLength(7);
  expect(before.at(-1)).toBe('2026-10-27');
});

test('currencies stay apart, and what is unknown is not zero', () => {
  const sum = sumOf([
    total('2026-11-01'),
    total('2026-11-02', { currency: 'EUR', amount_minor: 500 }),
    total('2026-11-02', { currency: 'JPY', orders: 4, canceled: 0, amount_minor: 0, unknown_amounts: 4 }),
    total('2026-11-03', { currency: null, orders: 2, canceled: 0, amount_minor: 0, unknown_amounts: 2 }),
  ]);
  expect([...sum.amounts]).toEqual([
    ['USD', 2000],
    ['EUR', 500],
  ]);
  expect(sum).toMatchObject({ orders: 12, canceled: 2, unknown: 6 });
});

test('a trend has every day, the ones without orders too, beside the span before', () => {
  const spans = spansOf(TODAY, 7);
  const totals = [
    total('2026-11-03'),
    total('2026-11-03', { orders: 2 }),
    total('2026-10-27', { orders: 9 }),
  ];
  const trend = trendOf(totals, spans, ({ orders }) => orders, '2026-01-01');
  expect(trend).toHaveLength(7);
  expect(trend.at(-1)).toEqual({ day: '2026-11-03', value: 5, dayBefore: '2026-10-27', before: 9 });
  expect(trend[0]).toMatchObject({ value: 0, before: 0 });
  expect(within(totals, spans.before)).toHaveLength(1);
});

test('a day of which not all orders are here is compared with nothing', () => {
  const spans = spansOf('2026-11-22', 7);
  const before = (firstKnown: string | null) =>
    trendOf([], spans, ({ orders }) => orders, firstKnown).map((day) => day.before);
  expect(before('2026-11-09')).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(before('2026-11-11')).toEqual([null, null, 0, 0, 0, 0, 0]);
  expect(before(null)).toEqual(Array(7).fill(null));
  expect(isKnown(spans.before, '2026-11-09')).toBe(true);
  expect(isKnown(spans.before, '2026-11-10')).toBe(false);
});

test('all shops are here since the first whole day of the one that came last', () => {
  const zone = 'Asia/Shanghai';
  const midnight = Date.parse('2026-03-10T00:00:00+08:00') / 1000;
  const card = (complete_from: number | null, allowed = true) => {
    const card = fakeCard();
    const data = card.data.map((state) =>
      state.resource === 'orders' ? { ...state, allowed, complete_from } : state,
    );
    return { ...card, data };
  };
  expect(firstKnownDay([card(midnight)], zone)).toBe('2026-03-10');
  expect(firstKnownDay([card(midnight + 1)], zone)).toBe('2026-03-11');
  expect(firstKnownDay([card(0), card(midnight)], zone)).toBe('2026-03-10');
  expect(firstKnownDay([card(midnight), card(null)], zone)).toBeNull();
  expect(firstKnownDay([card(midnight), card(null, false)], zone)).toBe('2026-03-10');
});

test('growth from nothing has no percentage', () => {
  expect(growthOf(3, 2)).toBe(0.5);
  expect(growthOf(3, 0)).toBeUndefined();
  expect(growthOf(3, null)).toBeUndefined();
});
