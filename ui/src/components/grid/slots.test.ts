import { expect, test } from 'vitest';
import { positionOf, slotAt, slotCount, type Unfolded } from './slots';

const UNFOLDED: Unfolded = new Map([
  [4, 1],
  [1, 3],
]);

test('lines stand under their row and push the others down', () => {
  const all = Array.from({ length: 10 }, (_, position) => slotAt(UNFOLDED, position));
  expect(all).toEqual([
    { row: 0 },
    { row: 1 },
    { row: 1, line: 0 },
    { row: 1, line: 1 },
    { row: 1, line: 2 },
    { row: 2 },
    { row: 3 },
    { row: 4 },
    { row: 4, line: 0 },
    { row: 5 },
  ]);
  expect(slotCount(6, UNFOLDED)).toBe(10);
});

test('every place is found again', () => {
  for (let position = 0; position < 10; position += 1) {
    expect(positionOf(UNFOLDED, slotAt(UNFOLDED, position))).toBe(position);
  }
});

test('what is folded takes no place', () => {
  expect(slotAt(new Map(), 999_999)).toEqual({ row: 999_999 });
  expect(slotCount(6, new Map())).toBe(6);
});
