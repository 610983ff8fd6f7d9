import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckBox } from '../check-box';
import { CELL, type GridColumns } from './grid-columns';

interface GridRowProps<Row> {
  id: string;
  index: number;
  row: Row | undefined;
  top: number;
  height: number;
  columns: GridColumns<Row>;
  isActive: boolean;
  isOpen: boolean;
  isSelected: boolean;
  keyOf: (row: Row) => string;
  onPress: (event: MouseEvent) => void;
  onSelect: () => void;
}

export function GridRow<Row>({ row, columns, ...props }: GridRowProps<Row>) {
  const { t } = useTranslation();
  return (
    // The grid itself holds the focus and handles the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed freely
    <div
      id={props.id}
      role="row"
      data-testid="grid-row"
      data-key={row === undefined ? undefined : props.keyOf(row)}
      data-active={props.isActive || undefined}
      aria-rowindex={props.index + 2}
      aria-selected={props.isSelected}
      aria-current={props.isOpen || undefined}
      onClick={props.onPress}
      style={{
        height: props.height,
        transform: `translateY(${props.top}px)`,
        gridTemplateColumns: columns.tracks,
      }}
      className="group/row absolute inset-x-0 top-0 grid items-stretch border-b border-line bg-surface pr-2.5 -outline-offset-2 hover:bg-hover aria-current:bg-selected aria-selected:bg-accent-soft group-focus-visible/grid:data-active:outline-2 group-focus-visible/grid:data-active:outline-accent"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div role="gridcell" className={`${columns.pinned} flex items-center pl-4`} style={columns.pinnedAt(0)}>
        <CheckBox
          inGrid
          label={t('list.select_row', { number: props.index + 1 })}
          checked={props.isSelected}
          onChange={props.onSelect}
        />
      </div>
      {columns.placed.map(({ column }, position) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={column.key}
          role="gridcell"
          data-column={column.key}
          style={position === 0 ? columns.pinnedAt(1) : undefined}
          className={`${CELL} ${position === 0 ? columns.pinned : ''} ${column.numeric ? 'justify-end text-right' : ''}`}
        >
          {row === undefined ? <span className="skeleton h-3 w-3/5" /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}
