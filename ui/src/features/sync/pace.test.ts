import { expect, test } from 'vitest';
import type { SyncProgress } from '../../bindings/SyncProgress';
import { notePace, secondsLeft } from './pace';

const progress = (pages_done: number): SyncProgress => ({
  shop_id: 'us:1',
  resource: 'orders',
  pages_done,
  pages_total: 50,
  counts: { new: 0, changed: 0, unchanged: 0, quarantined: 0 },
});

test('the time left follows from the pages so far, and is not guessed from one or two', () => {
  notePace({ type: 'progress', ...progress(0) }, 1000);
  expect(secondsLeft(progress(2), 3000)).toBeNull();
  notePace({ type: 'progress', ...progress(10) }, 11_000);
  expect(secondsLeft(progress(10), 11_000)).toBe(40);
  expect(secondsLeft(progress(50), 60_000)).toBeNull();
});

test('a new run begins anew', () => {
  notePace({ type: 'progress', ...progress(20) }, 1000);
  notePace({ type: 'finished', shop_id: 'us:1', result: 'complete', resources: {}, error: null }, 2000);
  notePace({ type: 'progress', ...progress(5) }, 100_000);
  expect(secondsLeft(progress(10), 105_000)).toBe(40);
});
