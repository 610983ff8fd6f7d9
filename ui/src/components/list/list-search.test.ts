import { expect, test } from 'vitest';
import { startOfDay } from '../../format/time';
import { NOW } from '../../ipc/fake-rows';
import { queryOf } from './list-query';
import { filtersOf, isFiltered, rowKey, splitRowKey, validateListSearch } from './list-search';

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
  const { from, to } = queryOf('orders', { dates: '2026-11-01..2026-11-02' }, NOW).dates;
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

test('every filter survives the address and a saved view, and reaches the query', () => {
  const search = {
    q: 'lamp',
    risk: ['overdue' as const],
    numbers: ['PO-1', 'PO-2'],
    ship: 'next_3',
    delivered: '..2026-11-02',
    amount: { currency: 'JPY', from: 500, to: undefined },
    status: ['shipped'],
  };
  expect(filtersOf(validateListSearch('orders')({ ...filtersOf(search) }))).toEqual(filtersOf(search));
  expect(queryOf('orders', search, NOW)).toMatchObject({
    statuses: ['shipped'],
    risk: ['overdue'],
    order_sns: ['PO-1', 'PO-2'],
    ship_by: { to: startOfDay(NOW, -4) - 1 },
    delivered: { from: null },
    amount: { currency: 'JPY', from_minor: 500, to_minor: null },
    sort: 'ship_by',
  });
});

test('a list is not asked for what it does not have', () => {
  const products = validateListSearch('products')({ stock: { to: 0 }, joined: true, risk: ['overdue'] });
  expect(products).toMatchObject({ stock: { to: 0 } });
  expect(products).not.toHaveProperty('joined');
  expect(queryOf('products', products, NOW)).not.toHaveProperty('risk');
  expect(isFiltered(products)).toBe(true);
  expect(isFiltered(validateListSearch('activities')({ joined: false }))).toBe(true);
});

test('the window is about one shop until the address names others', () => {
  expect(queryOf('orders', {}, NOW, { shop: 'us:1' }).shops).toEqual(['us:1']);
  expect(queryOf('orders', { shops: ['eu:2'] }, NOW, { shop: 'us:1' }).shops).toEqual(['eu:2']);
});
