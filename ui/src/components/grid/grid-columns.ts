//! The columns that are shown, laid out once for the header and every row.

import type { CSSProperties } from 'react';
import { GAP, LEAD, type PlacedColumn, rowWidth, tracksOf, widthOf } from './layout';

/** A cell: half the gap stands on either side of it. */
export const CELL = 'flex min-w-0 items-center px-1.5';

export interface GridColumns<Row> {
  placed: readonly PlacedColumn<Row>[];
  /** The CSS grid's. */
  tracks: string;
  /** The least width of a row. */
  width: number;
  /** How boxes and first column stay in sight while the rest is scrolled to the side. */
  pinned: string;
  pinnedAt: (position: 0 | 1) => CSSProperties | undefined;
}

export function gridColumns<Row>(placed: readonly PlacedColumn<Row>[], available: number): GridColumns<Row> {
  const width = rowWidth(placed);
  const overflows = available > 0 && width > available;
  return {
    placed,
    tracks: tracksOf(placed),
    width,
    pinned: overflows ? 'sticky z-[1] bg-inherit' : '',
    pinnedAt: (position) => (overflows ? { left: position === 0 ? 0 : LEAD } : undefined),
  };
}

/** Width of what stays in sight at the left. */
export const pinnedWidth = <Row>({ placed: [first] }: GridColumns<Row>): number =>
  LEAD + (first ? widthOf(first) + GAP : 0);
