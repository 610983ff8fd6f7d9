import { expect, test } from 'vitest';
import {
  EVERYTHING,
  isSelected,
  NOTHING,
  selectedCount,
  selectedIndices,
  toggled,
  withRange,
} from './selection';

test('a row is taken in and left out again', () => {
  const one = toggled(NOTHING, 7);
  expect(isSelected(one, 7)).toBe(true);
  expect(selectedCount(toggled(one, 7), 10)).toBe(0);
});

test('everything but one', () => {
  const most = toggled(EVERYTHING, 3);
  expect(selectedCount(most, 1_000_000)).toBe(999_999);
  expect(isSelected(most, 3)).toBe(false);
  expect(selectedIndices(most, 5)).toEqual([0, 1, 2, 4]);
  expect(selectedCount(withRange(most, 2, 4), 5)).toBe(5);
});

test('a range reaches both ways and is read in order', () => {
  expect(selectedIndices(withRange(toggled(NOTHING, 9), 4, 2), 10)).toEqual([2, 3, 4, 9]);
});
