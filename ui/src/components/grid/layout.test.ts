import { expect, test } from 'vitest';
import type { Column } from './column';
import {
  arrangeColumns,
  fitColumns,
  readLayout,
  rowWidth,
  tracksOf,
  widthOf,
  withOrder,
  withShown,
  withWidth,
} from './layout';

const column = (key: string, rank: number, more: Partial<Column<string>> = {}): Column<string> => ({
  key,
  header: key,
  width: 100,
  rank,
  cell: (row) => row,
  ...more,
});

const COLUMNS = [column('id', 0), column('due', 1), column('product', 3, { grows: true }), column('shop', 2)];
const keys = (placed: readonly { choice: { key: string } }[]) => placed.map(({ choice }) => choice.key);

test('without a choice columns give way by rank, and keep their order', () => {
  const placed = arrangeColumns(COLUMNS, []);
  expect(keys(fitColumns(placed, 10_000))).toEqual(['id', 'due', 'product', 'shop']);
  expect(keys(fitColumns(placed, rowWidth(placed) - 1))).toEqual(['id', 'due', 'shop']);
  expect(keys(fitColumns(placed, 0))).toEqual(['id']);
});

test('what was asked for stays in a narrow window, what was hidden is gone in a wide one', () => {
  const shown = arrangeColumns(COLUMNS, withShown(arrangeColumns(COLUMNS, []), 'product', true));
  expect(keys(fitColumns(shown, 0))).toEqual(['id', 'product']);
  const hidden = arrangeColumns(COLUMNS, withShown(arrangeColumns(COLUMNS, []), 'id', false));
  expect(keys(fitColumns(hidden, 10_000))).toEqual(['due', 'product', 'shop']);
});

test('a column moves to where another one stands, from either side', () => {
  const placed = arrangeColumns(COLUMNS, []);
  expect(withOrder(placed, 'shop', 'id').map(({ key }) => key)).toEqual(['shop', 'id', 'due', 'product']);
  expect(withOrder(placed, 'id', 'product').map(({ key }) => key)).toEqual(['due', 'product', 'id', 'shop']);
  expect(withOrder(placed, 'id', 'unknown').map(({ key }) => key)).toEqual(keys(placed));
});

test('a column grows until it is given a width', () => {
  const placed = arrangeColumns(COLUMNS, []);
  expect(tracksOf(placed)).toBe('58px 112px 112px minmax(112px, 1fr) 112px');
  const sized = withWidth(placed, 'product', 5);
  expect(tracksOf(arrangeColumns(COLUMNS, sized))).toBe('58px 112px 112px 60px 112px');
  expect(withWidth(arrangeColumns(COLUMNS, sized), 'product', undefined)[2]).toEqual({ key: 'product' });
});

test('what must never be cut keeps its least width', () => {
  const columns = [column('id', 0, { least: 90 })];
  const [placed] = arrangeColumns(columns, [{ key: 'id', width: 50 }]);
  expect(placed && widthOf(placed)).toBe(90);
});

test('a stored layout of another version is read as far as it makes sense', () => {
  expect(readLayout('nonsense')).toEqual([]);
  expect(readLayout([null, { key: 1 }, { key: 'shop', width: 9e9, shown: 'yes' }, { key: 'gone' }])).toEqual([
    { key: 'shop', width: 640 },
    { key: 'gone' },
  ]);
  expect(keys(arrangeColumns(COLUMNS, [{ key: 'shop' }, { key: 'gone' }, { key: 'due' }]))).toEqual([
    'id',
    'shop',
    'due',
    'product',
  ]);
});
