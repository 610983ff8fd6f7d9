import { useState } from 'react';
import { NONE_UNFOLDED, type Unfolded, withFold } from './slots';

interface Rows<Row> {
  /** Names what stands at each index; under another name everything is folded. */
  place: number;
  rowAt: (index: number) => Row | undefined;
  lineCount: (row: Row) => number;
}

/** Which rows are unfolded, with as many lines as they have now. */
export function useUnfolded<Row>({ place, rowAt, lineCount }: Rows<Row>) {
  const [kept, setKept] = useState({ place, rows: NONE_UNFOLDED });
  const before = kept.place === place ? kept.rows : NONE_UNFOLDED;
  const lines = (index: number): number | undefined => {
    const row = rowAt(index);
    return row === undefined ? undefined : lineCount(row);
  };
  const unfolded: Unfolded = new Map([...before].map(([index, known]) => [index, lines(index) ?? known]));
  /** Whether anything changed by it. */
  const fold = (index: number, isUnfolded: boolean): boolean => {
    const count = lines(index) ?? 0;
    if (unfolded.has(index) === isUnfolded || count === 0) return false;
    setKept({ place, rows: withFold(unfolded, index, isUnfolded ? count : 0) });
    return true;
  };
  return { unfolded, fold };
}
