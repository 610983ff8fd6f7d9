import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Column } from './column';
import { DataGrid } from './data-grid';
import { type ColumnLayout, GAP } from './layout';
import { NOTHING } from './selection';

const COLUMNS: readonly Column<string>[] = [
  { key: 'id', header: 'Order no.', width: 200, rank: 0, sort: 'id', cell: (row) => `${row} id` },
  { key: 'due', header: 'Ship by', width: 100, rank: 1, cell: (row) => `${row} due` },
  { key: 'shop', header: 'Shop', width: 120, rank: 2, cell: (row) => `${row} shop` },
];

const ROWS = ['first', 'second'];

/** A grid that keeps its layout, as a list does. */
function Grid() {
  const [layout, setLayout] = useState<ColumnLayout>([]);
  return (
    <DataGrid
      label="Orders"
      listKey="all"
      place={1}
      count={ROWS.length}
      columns={COLUMNS}
      rowAt={(index) => ROWS[index]}
      keyOf={(row) => row}
      lineCount={() => 0}
      layout={layout}
      onLayout={setLayout}
      selection={NOTHING}
      onSelection={vi.fn()}
      rowHeight={40}
      onColumns={vi.fn()}
      sort="created_at"
      descending
      onSort={vi.fn()}
      onVisible={vi.fn()}
      onOpen={vi.fn()}
      onCopy={vi.fn()}
    />
  );
}

const headers = () =>
  screen
    .getAllByRole('columnheader')
    .map((cell) => cell.textContent)
    .filter(Boolean);
const cells = (row: number) =>
  within(screen.getAllByTestId('grid-row')[row] as HTMLElement)
    .getAllByRole('gridcell')
    .map((cell) => cell.textContent)
    .filter(Boolean);
const header = (name: string) => screen.getByRole('columnheader', { name });

/** The widths of the columns, which header and rows must have in common. */
function widths() {
  const head = header('Ship by').parentElement as HTMLElement;
  const tracks = head.style.gridTemplateColumns;
  for (const row of screen.getAllByTestId('grid-row')) expect(row.style.gridTemplateColumns).toBe(tracks);
  return tracks
    .split(' ')
    .slice(1)
    .map((track) => Number.parseInt(track, 10) - GAP);
}

/** What is under the pointer: nothing has a place here. */
let under: Element | null = null;

beforeEach(() => {
  document.elementFromPoint = () => under;
});
afterEach(() => {
  Reflect.deleteProperty(document, 'elementFromPoint');
  vi.restoreAllMocks();
});

function drag(from: Element, to: Element | null, way: number) {
  fireEvent.pointerDown(from, { clientX: 100, button: 0 });
  under = to;
  fireEvent.pointerMove(window, { clientX: 100 + way });
  fireEvent.pointerUp(window, { clientX: 100 + way });
}

test('a column is moved by mouse: headers and cells stand in the new order', () => {
  render(<Grid />);
  expect(headers()).toEqual(['Order no.', 'Ship by', 'Shop']);
  drag(header('Shop'), header('Order no.'), -300);
  expect(headers()).toEqual(['Shop', 'Order no.', 'Ship by']);
  expect(cells(0)).toEqual(['first shop', 'first id', 'first due']);
  expect(cells(1)).toEqual(['second shop', 'second id', 'second due']);
  expect(widths()).toEqual([120, 200, 100]);
  drag(header('Shop'), header('Order no.'), 300);
  expect(headers()).toEqual(['Order no.', 'Shop', 'Ship by']);
  drag(header('Shop'), null, 300);
  drag(header('Shop'), header('Ship by'), 2);
  expect(headers()).toEqual(['Order no.', 'Shop', 'Ship by']);
});

test('a column is moved by key, and the keys stay on it', async () => {
  const user = userEvent.setup();
  render(<Grid />);
  await user.tab();
  await user.keyboard('{ArrowUp}{Control>}{ArrowRight}{ArrowRight}{/Control}');
  expect(headers()).toEqual(['Ship by', 'Shop', 'Order no.']);
  expect(cells(0)).toEqual(['first due', 'first shop', 'first id']);
  expect(widths()).toEqual([100, 120, 200]);
  await user.keyboard('{Control>}{ArrowLeft}{/Control}');
  expect(headers()).toEqual(['Ship by', 'Order no.', 'Shop']);
});

test('a column is made wider and narrower by mouse, its rows with it', () => {
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(100 + GAP);
  render(<Grid />);
  const edge = () => document.querySelector('[data-resize="due"]') as HTMLElement;
  fireEvent.pointerDown(edge(), { clientX: 100, button: 0 });
  fireEvent.pointerMove(window, { clientX: 150 });
  expect(widths()).toEqual([200, 150, 120]);
  fireEvent.pointerUp(window, { clientX: 180 });
  expect(widths()).toEqual([200, 180, 120]);
  drag(edge(), null, -30);
  expect(widths()).toEqual([200, 70, 120]);
  expect(headers()).toEqual(['Order no.', 'Ship by', 'Shop']);
  fireEvent.doubleClick(edge());
  expect(widths()).toEqual([200, 100, 120]);
});

test('a column is made wider and narrower by key, its rows with it', async () => {
  const user = userEvent.setup();
  render(<Grid />);
  await user.tab();
  await user.keyboard('{ArrowUp}{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
  expect(widths()).toEqual([200, 132, 120]);
  await user.keyboard('{Shift>}{ArrowLeft}{/Shift}');
  expect(widths()).toEqual([200, 116, 120]);
});
