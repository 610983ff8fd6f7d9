import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SortColumn } from '../../bindings/SortColumn';
import { CheckBox } from '../check-box';
import { Icon } from '../icon';
import { followPointer } from '../pointer';
import type { Column } from './column';
import { CELL, type GridColumns } from './grid-columns';
import { type ColumnLayout, type PlacedColumn, withOrder, withWidth } from './layout';

export const HEADER_HEIGHT = 32;

export interface GridHeaderProps<Row> {
  id: string;
  columns: GridColumns<Row>;
  /** All columns, the ones that are not shown included. */
  arranged: readonly PlacedColumn<Row>[];
  /** The column that the keys are on; none while they are on a row. */
  activeKey: string | undefined;
  sort: SortColumn;
  descending: boolean;
  selection: 'none' | 'some' | 'all';
  onSelectAll: () => void;
  onSort: (column: SortColumn, descending: boolean) => void;
  onLayout: (layout: ColumnLayout) => void;
  /** How it looks while a column is dragged wider; `undefined` once the pointer is let go. */
  onDraft: (layout: ColumnLayout | undefined) => void;
}

/** Drawn anew only when it changes, not when the rows are scrolled. */
export const GridHeader = memo(Header) as typeof Header;

function Header<Row>({ columns, arranged, ...props }: GridHeaderProps<Row>) {
  const { t } = useTranslation();
  const [target, setTarget] = useState<string>();

  const move = (press: PointerEvent, key: string) =>
    followPointer(press, {
      move: (_, event) => setTarget(columnAt(event.clientX, event.clientY)),
      end: (_, event) => {
        const at = columnAt(event.clientX, event.clientY);
        setTarget(undefined);
        if (at && at !== key) props.onLayout(withOrder(arranged, key, at));
      },
    });
  const resize = (press: PointerEvent, key: string) => {
    press.stopPropagation();
    const cell = (press.target as HTMLElement).closest<HTMLElement>('[data-header]');
    const begin = (cell?.offsetWidth ?? 0) - 12;
    followPointer(press, {
      move: (way) => props.onDraft(withWidth(arranged, key, begin + way)),
      end: (way) => {
        props.onDraft(undefined);
        props.onLayout(withWidth(arranged, key, begin + way));
      },
    });
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table head cannot be virtual
    <div role="rowgroup" className="sticky top-0 z-10">
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: columns.tracks, height: HEADER_HEIGHT }}
        className="grid border-b border-line bg-surface pr-2.5 text-xs font-medium text-muted"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
        <div
          role="columnheader"
          className={`${columns.pinned} flex items-center pl-4`}
          style={columns.pinnedAt(0)}
        >
          <CheckBox
            inGrid
            label={t('list.select_all')}
            checked={props.selection === 'all'}
            mixed={props.selection === 'some'}
            onChange={props.onSelectAll}
          />
        </div>
        {columns.placed.map(({ column }, position) => {
          const sorted = column.sort !== undefined && column.sort === props.sort;
          const isActive = column.key === props.activeKey;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div
              key={column.key}
              id={`${props.id}-${column.key}`}
              role="columnheader"
              data-header={column.key}
              data-active={isActive || undefined}
              data-target={column.key === target || undefined}
              aria-sort={sorted ? (props.descending ? 'descending' : 'ascending') : undefined}
              style={position === 0 ? columns.pinnedAt(1) : undefined}
              onPointerDown={(event) => move(event, column.key)}
              className={`${CELL} ${position === 0 && columns.pinned ? columns.pinned : 'relative'} group/header rounded-sm -outline-offset-2 data-target:bg-selected group-focus-visible/grid:data-active:outline-2 group-focus-visible/grid:data-active:outline-accent ${column.numeric ? 'justify-end' : ''}`}
            >
              <HeaderLabel
                column={column}
                sorted={sorted}
                descending={props.descending}
                onSort={props.onSort}
              />
              <span
                aria-hidden
                data-resize={column.key}
                onPointerDown={(event) => resize(event, column.key)}
                onDoubleClick={() => props.onLayout(withWidth(arranged, column.key, undefined))}
                className="absolute inset-y-1.5 -right-1 z-[2] w-2 cursor-col-resize after:absolute after:inset-y-0 after:left-[3.5px] after:w-px after:bg-line-strong after:opacity-0 group-hover/header:after:opacity-100 hover:after:bg-accent"
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const columnAt = (x: number, y: number): string | undefined =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-header]')?.dataset.header;

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
