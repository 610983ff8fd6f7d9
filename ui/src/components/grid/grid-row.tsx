import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckBox } from '../check-box';
import { Icon } from '../icon';
import { CELL, type GridColumns } from './grid-columns';
import type { OnSlot } from './on-slot';

interface GridRowProps<Row> {
  id: string;
  index: number;
  /** Its place in the grid. */
  position: number;
  row: Row | undefined;
  rowKey: string | undefined;
  /** In its block. */
  top: number;
  height: number;
  columns: GridColumns<Row>;
  isActive: boolean;
  isOpen: boolean;
  isSelected: boolean;
  isUnfolded: boolean;
  /** Whether there are lines to unfold. */
  canUnfold: boolean;
  onSlot: OnSlot;
}

/** Drawn anew only when it changes, not when it is scrolled. */
export const GridRow = memo(RowOfCells) as typeof RowOfCells;

function RowOfCells<Row>({ row, columns, onSlot, ...props }: GridRowProps<Row>) {
  const { t } = useTranslation();
  const slot = { row: props.index };
  return (
    // The grid itself holds the focus and handles the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed freely
    <div
      id={props.id}
      role="row"
      data-testid="grid-row"
      data-key={props.rowKey}
      data-active={props.isActive || undefined}
      aria-level={1}
      aria-rowindex={props.position + 2}
      aria-expanded={props.canUnfold ? props.isUnfolded : undefined}
      aria-selected={props.isSelected}
      aria-current={props.isOpen || undefined}
      onClick={(event) => onSlot('press', slot, event)}
      style={{
        height: props.height,
        transform: `translateY(${props.top}px)`,
        gridTemplateColumns: columns.tracks,
      }}
      className="group/row absolute inset-x-0 top-0 grid items-stretch border-b border-line bg-surface pr-2.5 -outline-offset-2 hover:bg-hover aria-current:bg-selected aria-selected:bg-accent-soft group-focus-visible/grid:data-active:outline-2 group-focus-visible/grid:data-active:outline-accent"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div
        role="gridcell"
        className={`${columns.pinned} flex items-center gap-0.5 pl-4`}
        style={columns.pinnedAt(0)}
      >
        <CheckBox
          inGrid
          label={t('list.select_row', { number: props.index + 1 })}
          checked={props.isSelected}
          onChange={() => onSlot('select', slot)}
        />
        {props.canUnfold && <Arrow isUnfolded={props.isUnfolded} onFold={() => onSlot('fold', slot)} />}
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

/** Out of the tab order: the right and left keys do the same. */
function Arrow({ isUnfolded, onFold }: { isUnfolded: boolean; onFold: () => void }) {
  const { t } = useTranslation();
  const label = isUnfolded ? t('list.fold') : t('list.unfold');
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      data-testid="unfold"
      onClick={(event) => {
        event.stopPropagation();
        onFold();
      }}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint transition-calm hover:bg-hover hover:text-text"
    >
      <Icon of={ChevronRight} className={`size-3.5 transition-calm ${isUnfolded ? 'rotate-90' : ''}`} />
    </button>
  );
}
