import { expect, test } from 'vitest';
import type { SyncProgress } from '../../bindings/SyncProgress';
import { applySyncEvent } from './follow-sync';
import { rateOf } from './progress-words';

const progress = (shop_id: string, pages_done: number): SyncProgress => ({
  shop_id,
  resource: 'orders',
  task: 'changes',
  pages_done,
  pages_total: 10,
  rows_done: 0,
  rows_total: null,
  seconds_left: null,
  counts: { new: 0, changed: 0, unchanged: 0, quarantined: 0 },
});

test('progress replaces its shop only, and the end removes it', () => {
  const idle = { running: [], next_automatic_at: 1, paused: null, waiting: [] };
  const one = applySyncEvent(idle, { type: 'progress', ...progress('us:2', 1) });
  const two = applySyncEvent(one, { type: 'progress', ...progress('us:1', 1) });
  const later = applySyncEvent(two, { type: 'progress', ...progress('us:2', 7) });
  expect(later.running).toEqual([progress('us:1', 1), progress('us:2', 7)]);
  const ended = applySyncEvent(later, {
    type: 'finished',
    shop_id: 'us:2',
    result: 'complete',
    resources: {},
    error: null,
  });
  expect(ended).toEqual({ running: [progress('us:1', 1)], next_automatic_at: 1, paused: null, waiting: [] });
});

test('the rate is what the time left was reckoned with, and not told where that is not known', () => {
  const running = { ...progress('us:1', 3), rows_done: 3100, rows_total: 5000, seconds_left: 40 };
  expect(rateOf(running)).toBe(48);
  expect(rateOf({ ...running, seconds_left: null })).toBeNull();
  expect(rateOf({ ...running, rows_total: null })).toBeNull();
  expect(rateOf({ ...running, rows_done: 5000, seconds_left: 0 })).toBeNull();
});
