import { expect, test } from 'vitest';
import { startOfDay } from '../../format/time';
import { NOW } from '../../ipc/fake-rows';
import { queryOf, rowKey, splitRowKey, validateListSearch } from './list-search';

test('what is pressing is sorted by its deadline, everything else by time', () => {
  expect(queryOf('orders', {}, NOW)).toMatchObject({ sort: 'created_at', descending: true });
  expect(queryOf('orders', { status: ['overdue'] }, NOW)).toMatchObject({
    sort: 'ship_by',
    descending: false,
  });
  expect(queryOf('orders', { status: ['overdue', 'shipped'] }, NOW)).toMatchObject({ sort: 'created_at' });
  expect(queryOf('orders', { sort: 'amount', desc: true }, NOW)).toMatchObject({
    sort: 'amount',
    descending: true,
  });
});

test('presets begin at midnight, a custom range ends with its last second', () => {
  expect(queryOf('orders', { dates: 'days_7' }, NOW).dates).toEqual({ from: startOfDay(NOW, 6), to: null });
  const { from, to } = queryOf(
    'orders',
    { dates: 'custom', from: '2026-11-01', to: '2026-11-02' },
    NOW,
  ).dates;
  expect((to ?? 0) - (from ?? 0)).toBe(2 * 86_400 - 1);
});

test('an address made up by hand cannot break the list', () => {
  const validate = validateListSearch('products');
  expect(
    validate({ q: 123, sort: 'ship_by', desc: 'yes', shops: 'us:1', status: [1], dates: 'never' }),
  ).toEqual({
    q: '123',
  });
});

test('a row key splits where it was joined', () => {
  expect(splitRowKey(rowKey('us:1', 'PO-1/2'))).toEqual({ shopId: 'us:1', id: 'PO-1/2' });
});
