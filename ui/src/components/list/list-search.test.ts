import { expect, test } from 'vitest';
import { parseDay, startOfDay } from '../../format/zone';
import { NOW } from '../../ipc/fake-rows';
import { queryOf } from './list-query';
import { filtersOf, isFiltered, rowKey, splitRowKey, validateListSearch } from './list-search';

const ZONE = 'Asia/Shanghai';
const WHEN = { now: NOW, zone: ZONE };

test('what is pressing is sorted by its deadline, everything else by time', () => {
  expect(queryOf('orders', {}, WHEN)).toMatchObject({ sort: 'created_at', descending: true });
  expect(queryOf('orders', { status: ['overdue'] }, WHEN)).toMatchObject({
    sort: 'ship_by',
    descending: false,
  });
  expect(queryOf('orders', { status: ['overdue', 'shipped'] }, WHEN)).toMatchObject({ sort: 'created_at' });
  expect(queryOf('orders', { sort: 'amount', desc: true }, WHEN)).toMatchObject({
    sort: 'amount',
    descending: true,
  });
});

test('presets begin at midnight, a custom range ends with its last second', () => {
  expect(queryOf('orders', { dates: 'days_7' }, WHEN).dates).toEqual({
    from: startOfDay(NOW, ZONE, 6),
    to: null,
  });
  const { from, to } = queryOf('orders', { dates: '2026-11-01..2026-11-02' }, WHEN).dates;
  expect(from).toBe(parseDay('2026-11-01', ZONE));
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

test('an address holds no more order numbers than are looked for at once', () => {
  const numbers = Array.from({ length: 1240 }, (_, place) => `PO-${place}`);
  expect(validateListSearch('orders')({ numbers }).numbers).toEqual(numbers.slice(0, 1000));
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
  expect(queryOf('orders', search, WHEN)).toMatchObject({
    statuses: ['shipped'],
    risk: ['overdue'],
    order_sns: ['PO-1', 'PO-2'],
    ship_by: { to: startOfDay(NOW, ZONE, -4) - 1 },
    delivered: { from: null },
    amount: { currency: 'JPY', from_minor: 500, to_minor: null },
    sort: 'ship_by',
  });
});

test('a list is not asked for what it does not have', () => {
  const products = validateListSearch('products')({ stock: { to: 0 }, joined: true, risk: ['overdue'] });
  expect(products).toMatchObject({ stock: { to: 0 } });
  expect(products).not.toHaveProperty('joined');
  expect(queryOf('products', products, WHEN)).not.toHaveProperty('risk');
  expect(isFiltered(products)).toBe(true);
  expect(isFiltered(validateListSearch('activities')({ joined: false }))).toBe(true);
});

test('the window is about one shop until the address names others', () => {
  expect(queryOf('orders', {}, WHEN, { shop: 'us:1' }).shops).toEqual(['us:1']);
  expect(queryOf('orders', { shops: ['eu:2'] }, WHEN, { shop: 'us:1' }).shops).toEqual(['eu:2']);
});
