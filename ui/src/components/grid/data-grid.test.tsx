import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { DataGrid, type DataGridProps } from './data-grid';

interface Row {
  id: string;
}

function renderGrid(changes: Partial<DataGridProps<Row>> = {}) {
  const props: DataGridProps<Row> = {
    label: 'Orders',
    count: 1_000_000,
    columns: [
      { key: 'id', header: 'Order no.', track: '1fr', sort: 'id', cell: (row) => row.id },
      { key: 'wide', header: 'Wide', track: '1fr', hideBelow: 5000, cell: () => 'never' },
    ],
    rowAt: (index) => ({ id: `row ${index}` }),
    keyOf: (row) => row.id,
    sort: 'created_at',
    descending: true,
    onSort: vi.fn(),
    onVisible: vi.fn(),
    onOpen: vi.fn(),
    onCopy: vi.fn(),
    onAtTop: vi.fn(),
    ...changes,
  };
  render(<DataGrid {...props} />);
  const grid = screen.getByRole('grid');
  const active = () => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.textContent;
  return { props, grid, active };
}

test('a million rows put fewer than fifty into the page', () => {
  const { grid } = renderGrid();
  expect(grid).toHaveAttribute('aria-rowcount', '1000001');
  expect(screen.getAllByTestId('grid-row').length).toBeLessThanOrEqual(50);
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
  const { props } = renderGrid({ selectedKey: 'row 3' });
  await userEvent.click(screen.getByText('row 2'));
  expect(props.onOpen).toHaveBeenCalledWith({ id: 'row 2' });
  expect(screen.getByText('row 3').closest('[role=row]')).toHaveAttribute('aria-selected', 'true');
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
