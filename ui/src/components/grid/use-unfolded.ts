import { useState } from 'react';
import type { Unfolded } from './slots';

interface Rows<Row> {
  /** Names the list; in another list everything is folded. */
  listKey: string;
  /** Names what stands at each index; under another name a row may stand elsewhere. */
  place: number;
  rowAt: (index: number) => Row | undefined;
  keyOf: (row: Row) => string;
  lineCount: (row: Row) => number;
}

interface UnfoldedRow {
  index: number;
  /** Under which name it stands at that index. */
  place: number;
  lines: number;
}

/** How far from its index an unfolded row is looked for when the list is refreshed. */
const FARTHEST = 100;

const NONE: ReadonlyMap<string, UnfoldedRow> = new Map();

/** Which rows are unfolded, with as many lines as they have now. A refreshed list keeps them unfolded. */
export function useUnfolded<Row>({ listKey, place, rowAt, keyOf, lineCount }: Rows<Row>) {
  const [kept, setKept] = useState({ listKey, rows: NONE });
  const before = kept.listKey === listKey ? kept.rows : NONE;

  const find = (key: string, from: number): number | undefined => {
    for (let distance = 0; distance <= FARTHEST; distance += 1) {
      for (const index of [from - distance, from + distance]) {
        const row = rowAt(index);
        if (row !== undefined && keyOf(row) === key) return index;
      }
    }
    return undefined;
  };

  // Rows of a refreshed list come one page after the other; each is unfolded when it is found.
  const rows = new Map(before);
  for (const [key, row] of before) {
    const index = row.place === place ? undefined : find(key, row.index);
    if (index !== undefined) rows.set(key, { ...row, index, place });
  }
  if ([...rows].some(([key, row]) => before.get(key) !== row)) setKept({ listKey, rows });

  const lines = (index: number): number | undefined => {
    const row = rowAt(index);
    return row === undefined ? undefined : lineCount(row);
  };
  const unfolded: Unfolded = new Map(
    [...rows.values()]
      .filter((row) => row.place === place)
      .map((row) => [row.index, lines(row.index) ?? row.lines]),
  );
  /** Whether anything changed by it. */
  const fold = (index: number, isUnfolded: boolean): boolean => {
    const row = rowAt(index);
    const count = lines(index) ?? 0;
    if (row === undefined || unfolded.has(index) === isUnfolded || count === 0) return false;
    const next = new Map(rows);
    if (isUnfolded) next.set(keyOf(row), { index, place, lines: count });
    else next.delete(keyOf(row));
    setKept({ listKey, rows: next });
    return true;
  };
  return { unfolded, fold };
}
