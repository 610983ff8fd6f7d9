import { expect, test } from 'vitest';
import { filtersOf } from './list-search';
import { isChanged, readViews, type SavedView, showsView } from './saved-views';

const view: SavedView = {
  id: 'a',
  resource: 'orders',
  name: 'Late in the US',
  search: { status: ['overdue'], shops: ['us:1'] },
  layout: [{ key: 'order' }],
};

test('a view is shown whatever row is open, and not once a filter differs', () => {
  expect(showsView({ shops: ['us:1'], status: ['overdue'], row: 'us:1/PO-1' }, view.search)).toBe(true);
  expect(showsView({ status: ['overdue'] }, view.search)).toBe(false);
});

test('a view is changed by its filters, its order and its columns', () => {
  expect(isChanged(view, view.search, view.layout)).toBe(false);
  expect(isChanged(view, { ...view.search, sort: 'amount' }, view.layout)).toBe(true);
  expect(isChanged(view, view.search, [{ key: 'order', width: 300 }])).toBe(true);
});

test('stored views come back as they were, and what is no view is left out', () => {
  expect(readViews(JSON.parse(JSON.stringify([view])))).toEqual([view]);
  expect(readViews([null, 7, { id: 'b', name: 'x', resource: 'gone' }])).toEqual([]);
  const [read] = readViews([{ ...view, search: { sort: 'stock', status: [3], q: 'lamp', row: 'x/y' } }]);
  expect(read?.search).toEqual(filtersOf({ q: 'lamp' }));
});
