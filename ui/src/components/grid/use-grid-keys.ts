//! What the keys do in a grid: on its rows, and on the header above them.

import type { Dispatch, KeyboardEvent, SetStateAction } from 'react';
import { shortcutOf } from '../../keyboard/shortcuts';
import type { DataGridProps } from './data-grid';
import { type Geometry, pageLength } from './geometry';
import type { GridColumns } from './grid-columns';
import { type PlacedColumn, widthOf, withOrder, withWidth } from './layout';
import { EVERYTHING, NOTHING, selectedCount, toggled, withRange } from './selection';
import { positionOf, type Slot, type Unfolded } from './slots';

/** The header is the row above the first. */
export const HEADER_ROW = -1;
const WIDTH_STEP = 16;

interface GridKeys<Row> extends Omit<DataGridProps<Row>, 'columns'> {
  geometry: Geometry;
  /** Where the keys are; its row is `HEADER_ROW` in the header. */
  current: Slot;
  unfolded: Unfolded;
  /** Unfolds or folds a row; false where there was nothing to do. */
  fold: (row: number, isUnfolded: boolean) => boolean;
  /** Moves to a place; one before the first is the header. */
  moveTo: (position: number) => void;
  /** All columns, the ones that are not shown included. */
  arranged: readonly PlacedColumn<Row>[];
  columns: GridColumns<Row>;
  activeColumn: number;
  setActiveColumn: Dispatch<SetStateAction<number>>;
}

export function useGridKeys<Row>(grid: GridKeys<Row>): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.target !== event.currentTarget) return;
    const done = grid.current.row === HEADER_ROW ? onHeader(grid, event) : onRow(grid, event);
    if (done) event.preventDefault();
  };
}

function onRow<Row>(grid: GridKeys<Row>, event: KeyboardEvent): boolean {
  const { count, selection, onSelection, moveTo, geometry, unfolded } = grid;
  const current = grid.current.row;
  const position = positionOf(unfolded, grid.current);
  const row = grid.rowAt(current);
  const extendTo = (index: number) => {
    const target = Math.max(0, Math.min(count - 1, index));
    onSelection(withRange(selection, current, target));
    moveTo(positionOf(unfolded, { row: target }));
  };
  const pressed = shortcutOf('list', event);
  const step = pressed?.index === 0 ? -1 : 1;
  switch (pressed?.name) {
    case 'move':
      moveTo(position + step);
      return true;
    case 'page':
      moveTo(Math.max(0, position + step * pageLength(geometry)));
      return true;
    case 'ends':
      moveTo(step < 0 ? 0 : geometry.count - 1);
      return true;
    case 'open':
      if (row !== undefined) grid.onOpen(row);
      return true;
    case 'fold':
      return foldOrMove(grid, step > 0);
    case 'select':
      onSelection(toggled(selection, current));
      return true;
    case 'extend':
      extendTo(current + step);
      return true;
    case 'select_all':
      onSelection(EVERYTHING);
      return true;
    case 'unselect':
      if (selectedCount(selection, count) === 0) return false;
      onSelection(NOTHING);
      return true;
    case 'copy':
      if (row === undefined || window.getSelection()?.toString()) return false;
      grid.onCopy(row);
      return true;
    case undefined:
      return false;
  }
}

/** Right unfolds a row, and then enters its lines; left goes back to the row, and then folds it. */
function foldOrMove<Row>({ current, unfolded, ...grid }: GridKeys<Row>, isRight: boolean): boolean {
  const { row, line } = current;
  if (line === undefined && !(isRight && unfolded.has(row))) return grid.fold(row, isRight);
  if (line !== undefined && isRight) return false;
  grid.moveTo(positionOf(unfolded, line === undefined ? { row, line: 0 } : { row }));
  return true;
}

function onHeader<Row>(grid: GridKeys<Row>, event: KeyboardEvent): boolean {
  const { columns, arranged, setActiveColumn } = grid;
  const last = columns.placed.length - 1;
  const at = Math.min(grid.activeColumn, last);
  const here = columns.placed[at];
  if (!here) return false;
  const { key, sort } = here.column;
  const pressed = shortcutOf('columns', event);
  const step = pressed?.index === 0 ? -1 : 1;
  const beside = columns.placed[at + step];
  switch (pressed?.name) {
    case 'move':
      setActiveColumn(Math.max(0, Math.min(last, at + step)));
      return true;
    case 'rows':
      grid.moveTo(0);
      return true;
    case 'sort':
      if (sort) grid.onSort(sort, grid.sort === sort ? !grid.descending : false);
      return true;
    case 'width':
      grid.onLayout(withWidth(arranged, key, widthOf(here) + step * WIDTH_STEP));
      return true;
    case 'order':
      if (beside) {
        grid.onLayout(withOrder(arranged, key, beside.column.key));
        setActiveColumn(at + step);
      }
      return true;
    case undefined:
      return false;
  }
}
