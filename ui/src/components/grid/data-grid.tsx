//! The one grid of the three lists: virtual rows, one tab stop, keyboard. It reads no data itself.

import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SortColumn } from '../../bindings/SortColumn';
import type { Column } from './column';
import { type Geometry, pageLength, renderedRange, scrollHeight, scrollTopFor, topOf } from './geometry';
import { GridHeader, HEADER_HEIGHT } from './grid-header';

export interface DataGridProps<Row> {
  label: string;
  count: number;
  columns: readonly Column<Row>[];
  /** `undefined` while the row is on its way. */
  rowAt: (index: number) => Row | undefined;
  keyOf: (row: Row) => string;
  selectedKey?: string | undefined;
  sort: SortColumn;
  descending: boolean;
  onSort: (column: SortColumn, descending: boolean) => void;
  onVisible: (first: number, last: number) => void;
  onOpen: (row: Row) => void;
  onCopy: (row: Row) => void;
  /** Told whenever the list arrives at or leaves its first row. */
  onAtTop: (atTop: boolean) => void;
  rowHeight?: number;
}

export function DataGrid<Row>({ rowHeight = 40, ...props }: DataGridProps<Row>) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useBoxSize(box);
  const [scrollTop, setScrollTop] = useState(0);
  const [active, setActive] = useState(0);
  const { count, onVisible, onAtTop } = props;

  const geometry: Geometry = { count, rowHeight, viewport: Math.max(0, height - HEADER_HEIGHT) };
  const { first, last } = renderedRange(geometry, scrollTop);
  const columns = props.columns.filter((column) => width === 0 || width >= (column.hideBelow ?? 0));
  const tracks = columns.map((column) => column.track).join(' ');
  const current = Math.min(active, count - 1);

  useEffect(() => {
    if (last >= first) onVisible(first, last);
  }, [first, last, onVisible]);

  const atTop = scrollTop === 0;
  useEffect(() => onAtTop(atTop), [atTop, onAtTop]);

  const moveTo = (index: number) => {
    const target = Math.max(0, Math.min(count - 1, index));
    setActive(target);
    if (!box.current) return;
    const next = scrollTopFor(geometry, target, box.current.scrollTop);
    if (next !== box.current.scrollTop) {
      box.current.scrollTop = next;
      setScrollTop(next);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const row = props.rowAt(current);
    if ((event.ctrlKey || event.metaKey) && event.key === 'c') {
      if (row && !window.getSelection()?.toString()) props.onCopy(row);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = keyTarget(event.key, current, geometry);
    if (target !== undefined) {
      event.preventDefault();
      moveTo(target);
    } else if (event.key === 'Enter' && row) {
      props.onOpen(row);
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtual
    <div
      ref={box}
      role="grid"
      data-testid="grid"
      aria-label={props.label}
      aria-description={t('list.keyboard_hint')}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={current >= first && current <= last ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      className="group/grid relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-none"
    >
      <GridHeader
        columns={columns}
        tracks={tracks}
        sort={props.sort}
        descending={props.descending}
        onSort={props.onSort}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="rowgroup" style={{ height: scrollHeight(geometry) }}>
        {/* The visible part stands still while the list is scrolled past it: its rows keep small, exact positions. */}
        <div
          role="presentation"
          className="sticky overflow-clip will-change-transform"
          style={{ top: HEADER_HEIGHT, height: Math.min(geometry.viewport, scrollHeight(geometry)) }}
        >
          {Array.from({ length: last - first + 1 }, (_, position) => first + position).map((index) => (
            <GridRow
              key={index}
              id={`${id}-${index}`}
              index={index}
              row={props.rowAt(index)}
              top={topOf(geometry, index, scrollTop)}
              height={rowHeight}
              columns={columns}
              tracks={tracks}
              isActive={index === current}
              selectedKey={props.selectedKey}
              keyOf={props.keyOf}
              onOpen={(row) => {
                setActive(index);
                props.onOpen(row);
              }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function keyTarget(key: string, current: number, geometry: Geometry): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return current + 1;
    case 'ArrowUp':
      return current - 1;
    case 'PageDown':
      return current + pageLength(geometry);
    case 'PageUp':
      return current - pageLength(geometry);
    case 'Home':
      return 0;
    case 'End':
      return geometry.count - 1;
    default:
      return undefined;
  }
}

interface GridRowProps<Row> {
  id: string;
  index: number;
  row: Row | undefined;
  top: number;
  height: number;
  columns: readonly Column<Row>[];
  tracks: string;
  isActive: boolean;
  selectedKey: string | undefined;
  keyOf: (row: Row) => string;
  onOpen: (row: Row) => void;
}

function GridRow<Row>({ row, columns, ...props }: GridRowProps<Row>) {
  const selected = row !== undefined && props.keyOf(row) === props.selectedKey;
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
      aria-selected={selected}
      onClick={() => row !== undefined && props.onOpen(row)}
      style={{
        height: props.height,
        transform: `translateY(${props.top}px)`,
        gridTemplateColumns: props.tracks,
      }}
      className="absolute inset-x-0 top-0 grid items-center gap-x-3 border-b border-line px-4 -outline-offset-2 hover:bg-hover aria-selected:bg-selected group-focus-visible/grid:data-active:outline-2 group-focus-visible/grid:data-active:outline-accent"
    >
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={column.key}
          role="gridcell"
          data-column={column.key}
          className={`flex min-w-0 items-center ${column.numeric ? 'justify-end text-right' : ''}`}
        >
          {row === undefined ? <span className="skeleton h-3 w-3/5" /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

function useBoxSize(box: React.RefObject<HTMLDivElement | null>) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const read = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}
