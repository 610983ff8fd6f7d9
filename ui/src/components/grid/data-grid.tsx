//! The one grid of the three lists: virtual rows, one tab stop, columns of the seller's choice. It reads no data itself.

import { useDeferredValue, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { SortColumn } from '../../bindings/SortColumn';
import { useStable } from '../use-latest';
import type { Column } from './column';
import {
  blockOf,
  type Geometry,
  poolSize,
  renderedRange,
  scrollHeight,
  scrollTopFor,
  topOf,
} from './geometry';
import { gridColumns, pinnedWidth } from './grid-columns';
import { GridHeader, HEADER_HEIGHT } from './grid-header';
import { GridLine } from './grid-line';
import { GridRow } from './grid-row';
import { arrangeColumns, type ColumnLayout, fitColumns } from './layout';
import type { OnSlot } from './on-slot';
import {
  EVERYTHING,
  isSelected,
  NOTHING,
  type Selection,
  selectedCount,
  toggled,
  withRange,
} from './selection';
import { positionOf, type Slot, slotAt, slotCount } from './slots';
import { useBoxSize } from './use-box-size';
import { HEADER_ROW, useGridKeys } from './use-grid-keys';
import { useUnfolded } from './use-unfolded';

export interface DataGridProps<Row> {
  label: string;
  /** Names what is listed and in which order; another list begins at its top. */
  listKey: string;
  /** Names what stands at each index, as an open list's handle does. */
  place: number;
  count: number;
  columns: readonly Column<Row>[];
  layout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
  /** `undefined` while the row is on its way. */
  rowAt: (index: number) => Row | undefined;
  keyOf: (row: Row) => string;
  /** How many lines a row unfolds to. */
  lineCount: (row: Row) => number;
  /** The row that the panel shows. */
  openKey?: string | undefined;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  sort: SortColumn;
  descending: boolean;
  onSort: (column: SortColumn, descending: boolean) => void;
  onVisible: (first: number, last: number) => void;
  onOpen: (row: Row) => void;
  onCopy: (row: Row) => void;
  rowHeight: number;
  /** Told which columns are shown, their keys with a space between. */
  onColumns: (keys: string) => void;
}

/** So many rows are drawn together with the page around them; the others follow when these are painted. */
const FIRST_ROWS = 10;

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const size = useBoxSize(box);
  const { height } = size;
  // Another width than the first is taken up when there is time.
  const width = useDeferredValue(size.width) || size.width;
  const isWhole = useDeferredValue(true, false);
  const [scrollTop, setScrollTop] = useState(0);
  const [active, setActive] = useState<Slot>({ row: 0 });
  const [activeColumn, setActiveColumn] = useState(0);
  // While a column is dragged wider, nothing is remembered yet.
  const [draft, setDraft] = useState<ColumnLayout>();
  const { count, selection, onVisible, rowHeight } = props;

  const { unfolded, fold } = useUnfolded(props);
  const slots = slotCount(count, unfolded);
  const geometry: Geometry = { count: slots, rowHeight, viewport: Math.max(0, height - HEADER_HEIGHT) };
  const range = renderedRange(geometry, scrollTop);
  const { first } = range;
  // Nothing is drawn before it is known how much there is room for.
  const isShort = !isWhole && scrollTop === 0;
  const last = height === 0 ? first - 1 : isShort ? Math.min(range.last, first + FIRST_ROWS - 1) : range.last;
  const block = blockOf(first);
  // It only grows: with another one every row would be drawn anew, as when a panel leaves less room.
  const [mostRows, setMostRows] = useState(0);
  const pool = Math.max(mostRows, poolSize(geometry));
  if (pool > mostRows) setMostRows(pool);
  const layout = draft ?? props.layout;
  const arranged = useMemo(() => arrangeColumns(props.columns, layout), [props.columns, layout]);
  const columns = useMemo(() => gridColumns(fitColumns(arranged, width), width), [arranged, width]);
  const at = Math.min(positionOf(unfolded, active), slots - 1);
  const current = at === HEADER_ROW ? { row: HEADER_ROW } : slotAt(unfolded, at);
  const currentColumn = columns.placed[Math.min(activeColumn, columns.placed.length - 1)]?.column;

  const firstRow = slotAt(unfolded, first).row;
  const lastRow = slotAt(unfolded, last).row;
  useEffect(() => {
    if (lastRow >= firstRow) onVisible(firstRow, lastRow);
  }, [firstRow, lastRow, onVisible]);

  const hasRows = count > 0 && props.rowAt(firstRow) !== undefined;
  useEffect(() => {
    // Read by scripts/bench: how soon after its start the window shows rows.
    if (hasRows) requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('first-rows')));
  }, [hasRows]);

  const { onColumns } = props;
  const keys = columns.placed.map(({ column }) => column.key).join(' ');
  useEffect(() => {
    if (width > 0) onColumns(keys);
  }, [keys, onColumns, width]);

  const { listKey } = props;
  const shownList = useRef(listKey);
  useLayoutEffect(() => {
    if (shownList.current === listKey) return;
    shownList.current = listKey;
    if (box.current) box.current.scrollTop = 0;
    setScrollTop(0);
    // Who sorts by key stays in the header.
    setActive((now) => (now.row === HEADER_ROW ? now : { row: 0 }));
  }, [listKey]);

  const moveTo = (position: number) => {
    const target = Math.max(HEADER_ROW, Math.min(slots - 1, position));
    setActive(target === HEADER_ROW ? { row: HEADER_ROW } : slotAt(unfolded, target));
    if (!box.current || target === HEADER_ROW) return;
    const next = scrollTopFor(geometry, target, box.current.scrollTop);
    if (next !== box.current.scrollTop) {
      box.current.scrollTop = next;
      setScrollTop(next);
    }
  };

  const onKeyDown = useGridKeys({
    ...props,
    geometry,
    current,
    unfolded,
    fold,
    moveTo,
    arranged,
    columns,
    activeColumn,
    setActiveColumn,
  });
  const onSlot = useStable<Parameters<OnSlot>, void>((deed, slot, event) => {
    const row = props.rowAt(slot.row);
    setActive(slot);
    if (deed === 'fold') fold(slot.row, !unfolded.has(slot.row));
    else if (deed === 'select') props.onSelection(toggled(selection, slot.row));
    else if (slot.line === undefined && event?.shiftKey) {
      props.onSelection(withRange(selection, Math.max(0, current.row), slot.row));
    } else if (slot.line === undefined && (event?.ctrlKey || event?.metaKey)) {
      props.onSelection(toggled(selection, slot.row));
    } else if (row !== undefined) props.onOpen(row);
  });
  const chosen = selectedCount(selection, count);
  const onSelectAll = useStable(() => props.onSelection(chosen === count ? NOTHING : EVERYTHING));
  const onSort = useStable(props.onSort);
  const onLayout = useStable(props.onLayout);
  const inHeader = current.row === HEADER_ROW;
  const activeId = inHeader ? `${id}-${currentColumn?.key}` : `${id}-${at}`;
  useEffect(() => {
    // A column that is reached by key comes into sight.
    if (inHeader) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [inHeader, activeId]);
  const isInSight = inHeader || (at >= first && at <= last);

  return (
    <div
      ref={box}
      role="treegrid"
      data-testid="grid"
      aria-label={props.label}
      aria-description={t('list.keyboard_hint')}
      aria-rowcount={slots + 1}
      aria-colcount={columns.placed.length + 1}
      aria-multiselectable
      aria-activedescendant={isInSight ? activeId : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      // Within the frame that it was scrolled in, so that each is drawn once.
      onScroll={({ currentTarget }) => flushSync(() => setScrollTop(currentTarget.scrollTop))}
      // What is pinned covers the left edge.
      style={{ scrollPaddingLeft: columns.pinned ? pinnedWidth(columns) : undefined }}
      className="group/grid relative min-h-0 flex-1 overflow-auto outline-none"
    >
      <div style={{ minWidth: columns.width }}>
        <GridHeader
          id={id}
          columns={columns}
          arranged={arranged}
          activeKey={inHeader ? currentColumn?.key : undefined}
          sort={props.sort}
          descending={props.descending}
          selection={chosen === 0 ? 'none' : chosen === count ? 'all' : 'some'}
          onSelectAll={onSelectAll}
          onSort={onSort}
          onLayout={onLayout}
          onDraft={setDraft}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" style={{ height: scrollHeight(geometry) }}>
          {/* The visible part stands still while the list is scrolled past it: its rows keep small, exact positions. */}
          <div
            role="presentation"
            className="sticky overflow-y-clip"
            style={{ top: HEADER_HEIGHT, height: Math.min(geometry.viewport, scrollHeight(geometry)) }}
          >
            <div
              role="presentation"
              className="will-change-transform"
              style={{ transform: `translateY(${topOf(geometry, block, scrollTop)}px)` }}
            >
              {Array.from({ length: last - first + 1 }, (_, number) => first + number).map((position) => {
                const { row: index, line } = slotAt(unfolded, position);
                const row = props.rowAt(index);
                const place = {
                  id: `${id}-${position}`,
                  position,
                  index,
                  row,
                  top: (position - block) * rowHeight,
                  height: rowHeight,
                  columns,
                  isActive: position === at,
                  onSlot,
                };
                // Who leaves at one end makes room for who comes at the other.
                const key = position % pool;
                if (line !== undefined) return <GridLine key={key} {...place} line={line} />;
                const rowKey = row === undefined ? undefined : props.keyOf(row);
                return (
                  <GridRow
                    key={key}
                    {...place}
                    rowKey={rowKey}
                    isOpen={rowKey !== undefined && rowKey === props.openKey}
                    isSelected={isSelected(selection, index)}
                    isUnfolded={unfolded.has(index)}
                    canUnfold={row !== undefined && props.lineCount(row) > 0}
                  />
                );
              })}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}
