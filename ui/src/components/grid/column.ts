import type { ReactNode } from 'react';
import type { SortColumn } from '../../bindings/SortColumn';

/** A column of the grid. */
export interface Column<Row> {
  key: string;
  header: string;
  /** A CSS grid track, for example `minmax(120px, 1fr)`. */
  track: string;
  numeric?: boolean;
  sort?: SortColumn;
  /** Left out while the grid is narrower than this many px. */
  hideBelow?: number;
  cell: (row: Row) => ReactNode;
}
