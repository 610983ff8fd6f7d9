import type { ReactNode } from 'react';
import type { SortColumn } from '../../bindings/SortColumn';

/** A column of the grid. */
export interface Column<Row> {
  key: string;
  header: string;
  /** Its usual width in px. */
  width: number;
  /** Less would cut what must never be cut; in px. */
  least?: number;
  /** Takes the room that the others leave. */
  grows?: true;
  numeric?: true;
  sort?: SortColumn;
  /** 0 is always shown; of the others the smallest come first when there is little room. */
  rank: number;
  cell: (row: Row) => ReactNode;
  /** What it shows on a line under an unfolded row. */
  line?: (row: Row, index: number) => ReactNode;
}
