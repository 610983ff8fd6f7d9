import { expect, test } from 'vitest';
import { fakeCard, NOW } from '../../ipc/fake-rows';
import { ageOf, emptinessOf } from './freshness';

const calm = { filtered: false, syncing: [] };

test('an empty list says why', () => {
  expect(emptinessOf([], 'orders', calm)).toBe('no_shop');
  expect(emptinessOf([fakeCard({}, { complete_through: null })], 'orders', calm)).toBe('never_synced');
  expect(
    emptinessOf([fakeCard({}, { complete_through: null })], 'orders', {
      filtered: false,
      syncing: ['custom:1'],
    }),
  ).toBe('first_sync');
  expect(emptinessOf([fakeCard({}, { allowed: false })], 'products', calm)).toBe('scope_missing');
  expect(emptinessOf([fakeCard({ mall_type: 'semi_managed' }, { allowed: false })], 'products', calm)).toBe(
    'semi_managed',
  );
  expect(emptinessOf([fakeCard({ mall_type: 'semi_managed' }, { allowed: false })], 'orders', calm)).toBe(
    'scope_missing',
  );
  expect(emptinessOf([fakeCard()], 'orders', { filtered: true, syncing: [] })).toBe('nothing_matches');
  expect(emptinessOf([fakeCard()], 'orders', calm)).toBe('no_rows');
});

test('a list is as old as its oldest shop, and of no age while one is incomplete', () => {
  const fresh = fakeCard({ shop_id: 'us:1' });
  const old = fakeCard(
    { shop_id: 'us:2', name: 'Old' },
    { complete_through: NOW - 9000, last_result: 'failed' },
  );
  expect(ageOf([fresh, old], 'orders')).toEqual({ completeThrough: NOW - 9000, failedShops: ['Old'] });
  expect(ageOf([fresh, fakeCard({}, { complete_through: null })], 'orders')?.completeThrough).toBeNull();
  expect(ageOf([fakeCard({}, { allowed: false })], 'orders')).toBeUndefined();
});
