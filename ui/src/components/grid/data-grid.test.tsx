import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { DataGrid, type DataGridProps } from './data-grid';
import { EVERYTHING, NOTHING } from './selection';

interface Row {
  id: string;
}

function renderGrid(changes: Partial<DataGridProps<Row>> = {}) {
  const props: DataGridProps<Row> = {
    label: 'Orders',
    listKey: 'all',
    place: 1,
    count: 1_000_000,
    columns: [
      { key: 'id', header: 'Order no.', width: 200, rank: 0, sort: 'id', cell: (row) => row.id },
      { key: 'wide', header: 'Wide', width: 5000, rank: 1, cell: () => 'never' },
    ],
    rowAt: (index) => ({ id: `row ${index}` }),
    keyOf: (row) => row.id,
    lineCount: () => 0,
    layout: [],
    onLayout: vi.fn(),
    selection: NOTHING,
    onSelection: vi.fn(),
    rowHeight: 40,
    onColumns: vi.fn(),
    sort: 'created_at',
    descending: true,
    onSort: vi.fn(),
    onVisible: vi.fn(),
    onOpen: vi.fn(),
    onCopy: vi.fn(),
    ...changes,
  };
  const { rerender } = render(<DataGrid {...props} />);
  const grid = screen.getByRole('treegrid');
  const active = () => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.textContent;
  return { props, grid, active, rerender };
}

test('a million rows put fewer than fifty into the page', () => {
  const { grid } = renderGrid();
  expect(grid).toHaveAttribute('aria-rowcount', '1000001');
  expect(screen.getAllByTestId('grid-row').length).toBeLessThanOrEqual(50);
});

test('rows that stay in sight are kept when the grid becomes less tall', () => {
  let tell = () => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: () => void) {
        tell = callback;
      }
      observe() {}
      disconnect() {}
    },
  );
  const { grid } = renderGrid();
  grid.scrollTop = 10_000;
  fireEvent.scroll(grid);
  const places = () =>
    screen.getAllByTestId('grid-row').map((row) => [row.getAttribute('aria-rowindex'), row] as const);
  const before = new Map(places());
  Object.defineProperty(grid, 'clientHeight', { value: 400 });
  act(tell);
  const after = places();
  expect(after.length).toBeLessThan(before.size);
  for (const [place, row] of after) expect(row).toBe(before.get(place));
  vi.unstubAllGlobals();
});

test('the grid is one tab stop, and the keys move the active row', async () => {
  const user = userEvent.setup();
  const { grid, active, props } = renderGrid();
  await user.tab();
  expect(grid).toHaveFocus();
  expect(active()).toBe('row 0');
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(active()).toBe('row 1');
  await user.keyboard('{PageDown}');
  expect(active()).toBe('row 15');
  await user.keyboard('{End}');
  expect(active()).toBe('row 999999');
  await user.keyboard('{Home}');
  expect(active()).toBe('row 0');
  await user.keyboard('{Enter}');
  expect(props.onOpen).toHaveBeenCalledWith({ id: 'row 0' });
  await user.keyboard('{Control>}c{/Control}');
  expect(props.onCopy).toHaveBeenCalledWith({ id: 'row 0' });
});

test('a click opens the row, and the opened one is marked', async () => {
  const { props } = renderGrid({ openKey: 'row 3' });
  await userEvent.click(screen.getByText('row 2'));
  expect(props.onOpen).toHaveBeenCalledWith({ id: 'row 2' });
  expect(screen.getByText('row 3').closest('[role=row]')).toHaveAttribute('aria-current', 'true');
});

test('a header sorts, and turns the order when it is sorted already', async () => {
  const { props } = renderGrid({ sort: 'id', descending: false });
  const header = screen.getByRole('columnheader', { name: 'Order no.' });
  expect(header).toHaveAttribute('aria-sort', 'ascending');
  await userEvent.click(within(header).getByRole('button'));
  expect(props.onSort).toHaveBeenCalledWith('id', true);
});

test('rows on their way are shown as such, and columns without room are left out', () => {
  renderGrid({ rowAt: () => undefined });
  expect(screen.getAllByTestId('grid-row')[0]?.querySelector('.skeleton')).toBeInTheDocument();
  expect(screen.queryByText('Wide')).not.toBeInTheDocument();
});

test('rows are selected by key and by mouse, all of them at once', async () => {
  const user = userEvent.setup();
  const { props } = renderGrid();
  await user.tab();
  await user.keyboard(' ');
  expect(props.onSelection).toHaveBeenLastCalledWith({ inverted: false, indices: new Set([0]) });
  await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
  expect(props.onSelection).toHaveBeenLastCalledWith({ inverted: false, indices: new Set([0, 1]) });
  await user.keyboard('{Control>}a{/Control}');
  expect(props.onSelection).toHaveBeenLastCalledWith(EVERYTHING);
  await user.click(screen.getByRole('checkbox', { name: 'Select row 3' }));
  expect(props.onSelection).toHaveBeenLastCalledWith({ inverted: false, indices: new Set([2]) });
  expect(props.onOpen).not.toHaveBeenCalled();
});

test('Esc takes the selection back, and is left to others without one', async () => {
  const escaped = vi.fn();
  const user = userEvent.setup();
  const { props } = renderGrid({ selection: EVERYTHING });
  window.addEventListener('keydown', (event) => escaped(event.defaultPrevented), { once: true });
  screen.getByRole('treegrid').focus();
  await user.keyboard('{Escape}');
  expect(props.onSelection).toHaveBeenCalledWith(NOTHING);
  expect(escaped).toHaveBeenCalledWith(true);
});

test('the header is reached from the first row: it sorts, resizes and moves columns by key', async () => {
  const user = userEvent.setup();
  const { grid, props } = renderGrid({
    columns: [
      { key: 'id', header: 'Order no.', width: 200, rank: 0, sort: 'id', cell: (row) => row.id },
      { key: 'due', header: 'Ship by', width: 100, rank: 1, cell: () => 'soon' },
    ],
  });
  await user.tab();
  await user.keyboard('{ArrowUp}');
  const active = () => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
  expect(active()).toHaveTextContent('Order no.');
  await user.keyboard('{Enter}');
  expect(props.onSort).toHaveBeenCalledWith('id', false);
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  expect(props.onLayout).toHaveBeenLastCalledWith([{ key: 'id', width: 216 }, { key: 'due' }]);
  await user.keyboard('{Control>}{ArrowRight}{/Control}');
  expect(props.onLayout).toHaveBeenLastCalledWith([{ key: 'due' }, { key: 'id' }]);
  await user.keyboard('{ArrowLeft}{ArrowDown}');
  expect(active()).toHaveTextContent('row 0');
});

test('a column is dragged wider, and back to its usual width by a double click', async () => {
  const { props } = renderGrid();
  const edge = document.querySelector('[data-resize="id"]') as HTMLElement;
  fireEvent.pointerDown(edge, { clientX: 100, button: 0 });
  fireEvent.pointerMove(window, { clientX: 180 });
  expect(props.onLayout).not.toHaveBeenCalled();
  fireEvent.pointerUp(window, { clientX: 190 });
  expect(props.onLayout).toHaveBeenCalledTimes(1);
  fireEvent.doubleClick(edge);
  expect(props.onLayout).toHaveBeenLastCalledWith([{ key: 'id' }, { key: 'wide' }]);
});

const LINES: Partial<DataGridProps<Row>> = {
  columns: [
    {
      key: 'id',
      header: 'Order no.',
      width: 200,
      rank: 0,
      cell: (row) => row.id,
      line: (row, index) => `${row.id} line ${index}`,
    },
  ],
  lineCount: (row) => (row.id === 'row 2' ? 0 : 3),
};

test('right unfolds a row and enters its lines, left goes back and folds it', async () => {
  const user = userEvent.setup();
  const { grid, active, props } = renderGrid(LINES);
  await user.tab();
  await user.keyboard('{ArrowDown}{ArrowRight}');
  expect(screen.getAllByTestId('grid-line').map((line) => line.textContent)).toEqual([
    'row 1 line 0',
    'row 1 line 1',
    'row 1 line 2',
  ]);
  expect(screen.getByText('row 1').closest('[role=row]')).toHaveAttribute('aria-expanded', 'true');
  expect(grid).toHaveAttribute('aria-rowcount', '1000004');
  await user.keyboard('{ArrowRight}');
  expect(active()).toBe('row 1 line 0');
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
  expect(active()).toBe('row 2');
  await user.keyboard('{ArrowRight}{ArrowUp}{Enter}{ }');
  expect(props.onOpen).toHaveBeenCalledWith({ id: 'row 1' });
  expect(props.onSelection).toHaveBeenCalledWith({ inverted: false, indices: new Set([1]) });
  await user.keyboard('{ArrowLeft}');
  expect(active()).toBe('row 1');
  await user.keyboard('{ArrowLeft}');
  expect(screen.queryByTestId('grid-line')).not.toBeInTheDocument();
});

test('with unfolded rows the last row is still reached, and what is seen is told by rows', async () => {
  const user = userEvent.setup();
  const { active, props } = renderGrid(LINES);
  await user.click(screen.getAllByTestId('unfold')[0] as HTMLElement);
  expect(props.onOpen).not.toHaveBeenCalled();
  screen.getByRole('treegrid').focus();
  await user.keyboard('{End}');
  expect(active()).toBe('row 999999');
  expect(props.onVisible).toHaveBeenLastCalledWith(expect.any(Number), 999_999);
});

test('a refreshed list keeps its rows unfolded, wherever they stand now', async () => {
  const { props, rerender } = renderGrid(LINES);
  await userEvent.click(screen.getAllByTestId('unfold')[0] as HTMLElement);
  const lines = () => screen.queryAllByTestId('grid-line').map((line) => line.textContent);
  const unfolded = ['row 0 line 0', 'row 0 line 1', 'row 0 line 2'];
  expect(lines()).toEqual(unfolded);

  // Two rows came above it.
  const later = (index: number) => ({ id: index < 2 ? `new ${index}` : `row ${index - 2}` });
  rerender(<DataGrid {...props} place={2} rowAt={() => undefined} />);
  expect(lines()).toEqual([]);
  rerender(<DataGrid {...props} place={2} rowAt={later} />);
  expect(lines()).toEqual(unfolded);
  expect(screen.getByText('row 0').closest('[role=row]')).toHaveAttribute('aria-expanded', 'true');
  expect(screen.getByText('new 0').closest('[role=row]')).toHaveAttribute('aria-expanded', 'false');
});

test('in another list everything is folded', async () => {
  const { props, rerender } = renderGrid(LINES);
  await userEvent.click(screen.getAllByTestId('unfold')[0] as HTMLElement);
  expect(screen.getAllByTestId('grid-line')).toHaveLength(3);
  rerender(<DataGrid {...props} place={2} listKey="another" />);
  expect(screen.queryByTestId('grid-line')).not.toBeInTheDocument();
});

test('a column that is reached by key comes into sight', async () => {
  const seen: (string | null)[] = [];
  const before = Element.prototype.scrollIntoView;
  Element.prototype.scrollIntoView = function () {
    seen.push(this.textContent);
  };
  const user = userEvent.setup();
  renderGrid({ layout: [{ key: 'wide', shown: true }] });
  await user.tab();
  expect(seen).toEqual([]);
  await user.keyboard('{ArrowUp}{ArrowRight}');
  Element.prototype.scrollIntoView = before;
  expect(seen).toEqual(['Order no.', 'Wide']);
});
