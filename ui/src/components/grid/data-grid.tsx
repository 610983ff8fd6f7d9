//! The one grid of the three lists: virtual rows, one tab stop, columns of the seller's choice. It reads no data itself.

import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SortColumn } from '../../bindings/SortColumn';
import type { Column } from './column';
import { type Geometry, renderedRange, scrollHeight, scrollTopFor, topOf } from './geometry';
import { gridColumns } from './grid-columns';
import { GridHeader, HEADER_HEIGHT } from './grid-header';
import { GridRow } from './grid-row';
import { arrangeColumns, type ColumnLayout, fitColumns, withOrder, withWidth } from './layout';
import {
  EVERYTHING,
  isSelected,
  NOTHING,
  type Selection,
  selectedCount,
  toggled,
  withRange,
} from './selection';
import { useBoxSize } from './use-box-size';
import { HEADER_ROW, useGridKeys } from './use-grid-keys';

export interface DataGridProps<Row> {
  label: string;
  /** Names what is listed and in which order; another list begins at its top. */
  listKey: string;
  count: number;
  columns: readonly Column<Row>[];
  layout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
  /** `undefined` while the row is on its way. */
  rowAt: (index: number) => Row | undefined;
  keyOf: (row: Row) => string;
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

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { t } = useTranslation();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useBoxSize(box);
  const [scrollTop, setScrollTop] = useState(0);
  const [active, setActive] = useState(0);
  const [activeColumn, setActiveColumn] = useState(0);
  // While a column is dragged wider, nothing is remembered yet.
  const [draft, setDraft] = useState<ColumnLayout>();
  const { count, selection, onVisible, rowHeight } = props;

  const geometry: Geometry = { count, rowHeight, viewport: Math.max(0, height - HEADER_HEIGHT) };
  const { first, last } = renderedRange(geometry, scrollTop);
  const arranged = arrangeColumns(props.columns, draft ?? props.layout);
  const columns = gridColumns(fitColumns(arranged, width), width);
  const current = Math.min(active, count - 1);
  const currentColumn = columns.placed[Math.min(activeColumn, columns.placed.length - 1)]?.column;

  useEffect(() => {
    if (last >= first) onVisible(first, last);
  }, [first, last, onVisible]);

  const { onColumns } = props;
  const keys = columns.placed.map(({ column }) => column.key).join(' ');
  useEffect(() => onColumns(keys), [keys, onColumns]);

  const { listKey } = props;
  const shownList = useRef(listKey);
  useLayoutEffect(() => {
    if (shownList.current === listKey) return;
    shownList.current = listKey;
    if (box.current) box.current.scrollTop = 0;
    setScrollTop(0);
    // Who sorts by key stays in the header.
    setActive((now) => (now === HEADER_ROW ? now : 0));
  }, [listKey]);

  const moveTo = (index: number) => {
    const target = Math.max(HEADER_ROW, Math.min(count - 1, index));
    setActive(target);
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
    moveTo,
    arranged,
    columns,
    activeColumn,
    setActiveColumn,
  });
  const chosen = selectedCount(selection, count);
  const activeId = current === HEADER_ROW ? `${id}-${currentColumn?.key}` : `${id}-${current}`;
  const isInSight = current === HEADER_ROW || (current >= first && current <= last);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtual
    <div
      ref={box}
      role="grid"
      data-testid="grid"
      aria-label={props.label}
      aria-description={t('list.keyboard_hint')}
      aria-rowcount={count + 1}
      aria-colcount={columns.placed.length + 1}
      aria-multiselectable
      aria-activedescendant={isInSight ? activeId : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      className="group/grid relative min-h-0 flex-1 overflow-auto outline-none"
    >
      <div style={{ minWidth: columns.width }}>
        <GridHeader
          id={id}
          columns={columns}
          activeKey={current === HEADER_ROW ? currentColumn?.key : undefined}
          sort={props.sort}
          descending={props.descending}
          selection={chosen === 0 ? 'none' : chosen === count ? 'all' : 'some'}
          onSelectAll={() => props.onSelection(chosen === count ? NOTHING : EVERYTHING)}
          onSort={props.onSort}
          onMove={(key, target) => props.onLayout(withOrder(arranged, key, target))}
          onWidth={(key, next, done) => {
            setDraft(done ? undefined : withWidth(arranged, key, next));
            if (done) props.onLayout(withWidth(arranged, key, next));
          }}
          onUsualWidth={(key) => props.onLayout(withWidth(arranged, key, undefined))}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" style={{ height: scrollHeight(geometry) }}>
          {/* The visible part stands still while the list is scrolled past it: its rows keep small, exact positions. */}
          <div
            role="presentation"
            className="sticky overflow-y-clip will-change-transform"
            style={{ top: HEADER_HEIGHT, height: Math.min(geometry.viewport, scrollHeight(geometry)) }}
          >
            {Array.from({ length: last - first + 1 }, (_, position) => first + position).map((index) => {
              const row = props.rowAt(index);
              return (
                <GridRow
                  key={index}
                  id={`${id}-${index}`}
                  index={index}
                  row={row}
                  top={topOf(geometry, index, scrollTop)}
                  height={rowHeight}
                  columns={columns}
                  isActive={index === current}
                  isOpen={row !== undefined && props.keyOf(row) === props.openKey}
                  isSelected={isSelected(selection, index)}
                  keyOf={props.keyOf}
                  onSelect={() => {
                    setActive(index);
                    props.onSelection(toggled(selection, index));
                  }}
                  onPress={(event) => {
                    setActive(index);
                    if (event.shiftKey) props.onSelection(withRange(selection, Math.max(0, current), index));
                    else if (event.ctrlKey || event.metaKey) props.onSelection(toggled(selection, index));
                    else if (row !== undefined) props.onOpen(row);
                  }}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}
