import { expect, test } from 'vitest';
import { startOfDay } from '../../format/zone';
import { fakeActivity, NOW } from '../../ipc/fake-rows';
import { placeOf, runOf, signUpOf, stripAt } from './time-window';

const strip = stripAt(NOW, 'UTC');
const day = (count: number) => startOfDay(NOW, 'UTC', -count);

test('the strip has six whole weeks, the last one before today among them', () => {
  expect(strip.weeks).toHaveLength(6);
  expect(strip.from).toBe(day(-7));
  expect(strip.to).toBe(day(35));
  expect(placeOf(strip, day(0))).toBeCloseTo(100 / 6, 0);
});

test('a run is cut where the strip ends, and left out where it is elsewhere', () => {
  const run = (start_time: number | null, end_time: number | null) =>
    runOf(strip, fakeActivity(1, { start_time, end_time }));
  expect(run(day(-30), day(0))?.left).toBe(0);
  expect(run(day(34), day(90))).toMatchObject({ width: expect.closeTo(100 / 42, 1) });
  expect(run(day(-30), day(-8))).toBeUndefined();
  expect(run(day(36), null)).toBeUndefined();
  expect(run(null, null)).toBeUndefined();
  expect(run(day(0), null)?.width).toBeCloseTo(83.3, 0);
});

test('sign-up is shown while it is open and not taken', () => {
  const signUp = (enroll_deadline: number | null, joined = false) =>
    signUpOf(strip, fakeActivity(1, { enroll_deadline, joined }));
  expect(signUp(day(3))?.left).toBe(placeOf(strip, NOW));
  expect(signUp(day(3), true)).toBeUndefined();
  expect(signUp(NOW - 1)).toBeUndefined();
  expect(signUp(null)).toBeUndefined();
});
