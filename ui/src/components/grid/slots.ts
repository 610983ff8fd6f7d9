//! What stands at which place of a grid: each row takes one, and each line of an unfolded row one more.

/** The rows that are unfolded, by their index: how many lines stand under each. */
export type Unfolded = ReadonlyMap<number, number>;

export interface Slot {
  row: number;
  /** One of the lines under it; absent for the row itself. */
  line?: number;
}

const inOrder = (unfolded: Unfolded) => [...unfolded].sort(([one], [other]) => one - other);

export const slotCount = (count: number, unfolded: Unfolded): number =>
  [...unfolded.values()].reduce((sum, lines) => sum + lines, count);

export function slotAt(unfolded: Unfolded, position: number): Slot {
  let above = 0;
  for (const [row, lines] of inOrder(unfolded)) {
    const line = position - above - row - 1;
    if (line < 0) break;
    if (line < lines) return { row, line };
    above += lines;
  }
  return { row: position - above };
}

export function positionOf(unfolded: Unfolded, { row, line }: Slot): number {
  let position = row + (line === undefined ? 0 : line + 1);
  for (const [other, lines] of unfolded) if (other < row) position += lines;
  return position;
}
