import { ArrowDown, ArrowUp } from 'lucide-react';
import type { SortColumn } from '../../bindings/SortColumn';
import { Icon } from '../icon';
import type { Column } from './column';

export const HEADER_HEIGHT = 32;

interface GridHeaderProps<Row> {
  columns: readonly Column<Row>[];
  tracks: string;
  sort: SortColumn;
  descending: boolean;
  onSort: (column: SortColumn, descending: boolean) => void;
}

export function GridHeader<Row>({ columns, tracks, sort, descending, onSort }: GridHeaderProps<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table head cannot be virtual
    <div role="rowgroup" className="sticky top-0 z-10">
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: tracks, height: HEADER_HEIGHT }}
        className="grid items-center gap-x-3 border-b border-line bg-surface px-4 text-xs font-medium text-muted"
      >
        {columns.map((column) => {
          const sorted = column.sort !== undefined && column.sort === sort;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div
              key={column.key}
              role="columnheader"
              aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}
              className={`flex min-w-0 ${column.numeric ? 'justify-end' : ''}`}
            >
              <HeaderLabel column={column} sorted={sorted} descending={descending} onSort={onSort} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function HeaderLabel<Row>({
  column,
  sorted,
  descending,
  onSort,
}: Pick<GridHeaderProps<Row>, 'descending' | 'onSort'> & { column: Column<Row>; sorted: boolean }) {
  const { sort } = column;
  if (!sort) return <span className="truncate">{column.header}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={() => onSort(sort, sorted ? !descending : false)}
      className={`inline-flex min-w-0 items-center gap-1 rounded-sm hover:text-text ${sorted ? 'text-text' : ''}`}
    >
      <span className="truncate">{column.header}</span>
      {sorted && <Icon of={descending ? ArrowDown : ArrowUp} className="size-3" />}
    </button>
  );
}
