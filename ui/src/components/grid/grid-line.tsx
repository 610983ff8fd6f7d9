import { memo } from 'react';
import { CELL, type GridColumns } from './grid-columns';
import type { OnSlot } from './on-slot';

interface GridLineProps<Row> {
  id: string;
  /** Its place in the grid. */
  position: number;
  index: number;
  row: Row | undefined;
  /** Which of the row's lines. */
  line: number;
  /** In its block. */
  top: number;
  height: number;
  columns: GridColumns<Row>;
  isActive: boolean;
  onSlot: OnSlot;
}

/** A line under an unfolded row: what the row is made of, in the same columns. */
export const GridLine = memo(Line) as typeof Line;

function Line<Row>({ row, line, columns, ...props }: GridLineProps<Row>) {
  return (
    // The grid itself holds the focus and handles the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed freely
    <div
      id={props.id}
      role="row"
      data-testid="grid-line"
      data-active={props.isActive || undefined}
      aria-level={2}
      aria-rowindex={props.position + 2}
      onClick={(event) => props.onSlot('press', { row: props.index, line }, event)}
      style={{
        height: props.height,
        transform: `translateY(${props.top}px)`,
        gridTemplateColumns: columns.tracks,
      }}
      className="group/row absolute inset-x-0 top-0 grid items-stretch border-b border-line bg-page pr-2.5 -outline-offset-2 hover:bg-hover group-focus-visible/grid:data-active:outline-2 group-focus-visible/grid:data-active:outline-accent"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div role="gridcell" className={columns.pinned} style={columns.pinnedAt(0)} />
      {columns.placed.map(({ column }, at) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={column.key}
          role="gridcell"
          data-column={column.key}
          style={at === 0 ? columns.pinnedAt(1) : undefined}
          className={`${CELL} ${at === 0 ? columns.pinned : ''} ${column.numeric ? 'justify-end text-right' : ''}`}
        >
          {row !== undefined && column.line?.(row, line)}
        </div>
      ))}
    </div>
  );
}
