import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { type FakeCore, failure, fakeCore, type Handlers } from '../../ipc/fake';
import { fakeActivity, fakeCard, fakeOrder, fakeProduct } from '../../ipc/fake-rows';
import { SETTINGS } from '../../ipc/fake-settings';
import { readExportChoice } from '../../preferences/export-choice';
import { renderWindow } from '../../testing/render-window';
import { columnsOf, withKept } from './export-columns';

const rows = { orders: [fakeOrder(1)], products: [fakeProduct(1)], activities: [fakeActivity(1)] };

function listsCore(handlers: Handlers = {}): FakeCore {
  let resource: keyof typeof rows = 'orders';
  return fakeCore({
    list_shops: () => [fakeCard()],
    open_view: ({ query }) => {
      resource = query.resource;
      return { handle: 7, count: 1, status_counts: [] };
    },
    view_rows: () => ({ resource, rows: rows[resource] }) as never,
    export_view: () => ({ path: '/downloads/Orders.xlsx', rows: 1 }),
    cancel_export: () => null,
    reveal_export: () => null,
    ...handlers,
  });
}

/** An export that ends when it is told to. */
function slowExport() {
  let settle: { done: () => void; fail: (error: unknown) => void } | undefined;
  const answer = new Promise<{ path: string; rows: number }>((resolve, reject) => {
    settle = { done: () => resolve({ path: '/downloads/Orders.xlsx', rows: 1 }), fail: reject };
  });
  answer.catch(() => {});
  return {
    handler: () => answer as never,
    done: () => settle?.done(),
    fail: (e: unknown) => settle?.fail(e),
  };
}

async function openDialog(page = '/orders') {
  await renderWindow(page);
  await screen.findAllByTestId('grid-row');
  await userEvent.keyboard('{Control>}e{/Control}');
  await screen.findByTestId('export-start');
}

test('the shortcut opens it, and the columns shown are exported in their order', async () => {
  const core = listsCore();
  await openDialog();
  await userEvent.selectOptions(screen.getByTestId('export-format'), 'csv');
  await userEvent.selectOptions(screen.getByTestId('export-rows'), 'line');
  await userEvent.click(screen.getByTestId('export-column-shop'));
  await userEvent.click(screen.getByTestId('export-column-spec'));
  await userEvent.click(screen.getByTestId('export-start'));
  await waitFor(() => expect(core.callsOf('export_view')).toHaveLength(1));
  expect(core.callsOf('export_view')[0]).toEqual({
    handle: 7,
    format: 'csv',
    columns: [
      'order',
      'ship_by',
      'status',
      'product',
      'quantity',
      'amount',
      'currency',
      'sku_id',
      'ordered',
      'delivered',
      'spec',
    ],
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: 'en',
    by_line: true,
  });
});

test('at the end it says how many rows, and shows the file in its folder', async () => {
  const core = listsCore();
  await openDialog();
  await userEvent.click(screen.getByTestId('export-start'));
  expect(await screen.findByText('Exported 1 row')).toBeVisible();
  expect(screen.getByText('/downloads/Orders.xlsx')).toBeVisible();
  expect(screen.queryByTestId('export-start')).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Show in folder' }));
  await waitFor(() => expect(core.callsOf('reveal_export')).toEqual([{ path: '/downloads/Orders.xlsx' }]));
});

test('progress is shown, and canceling closes it without a word', async () => {
  const running = slowExport();
  const core = listsCore({ export_view: running.handler, cancel_export: () => null });
  await openDialog();
  await userEvent.click(screen.getByTestId('export-start'));
  await act(() => core.exportProgress({ rows: 250, total: 1000 }));
  expect(await screen.findByText('250 of 1,000 rows')).toBeVisible();
  expect(screen.getByRole('progressbar')).toHaveAttribute('value', '0.25');
  await act(() => core.exportProgress({ rows: 1000, total: 1000 }));
  expect(await screen.findByText('Finishing the file…')).toBeVisible();
  await userEvent.click(screen.getByTestId('export-cancel'));
  expect(core.callsOf('cancel_export')).toHaveLength(1);
  running.fail(failure('canceled'));
  await waitFor(() => expect(screen.queryByTestId('export-progress')).not.toBeInTheDocument());
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(screen.queryByTestId('error-box')).not.toBeInTheDocument();
});

test('Esc stops a running export instead of leaving it alone', async () => {
  const running = slowExport();
  const core = listsCore({ export_view: running.handler });
  await openDialog();
  await userEvent.click(screen.getByTestId('export-start'));
  await screen.findByTestId('export-progress');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(core.callsOf('cancel_export')).toHaveLength(1));
  expect(screen.getByTestId('export-progress')).toBeInTheDocument();
  running.done();
  expect(await screen.findByText('Exported 1 row')).toBeVisible();
});

test.each(['disk_full', 'export_folder_not_writable', 'view_gone'] as const)(
  'when it fails with %s, it says so and can be tried again',
  async (code) => {
    const core = listsCore({
      export_view: () => {
        throw failure(code);
      },
    });
    await openDialog();
    await userEvent.click(screen.getByTestId('export-start'));
    expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', code);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(core.callsOf('export_view')).toHaveLength(2));
  },
);

test('without a column nothing is exported', async () => {
  listsCore();
  await openDialog('/activities');
  for (const box of screen.getAllByRole<HTMLInputElement>('checkbox')) {
    if (box.checked && box.dataset.testid?.startsWith('export-column-')) await userEvent.click(box);
  }
  expect(screen.getByTestId('export-start')).toBeDisabled();
});

test.each(['/products', '/activities'])('%s are exported in the language of the window', async (page) => {
  const core = listsCore({
    get_settings: () => ({
      settings: { ...SETTINGS, language: 'zh-CN' },
      set_by_environment: [],
    }),
  });
  await openDialog(page);
  expect(screen.queryByTestId('export-rows')).not.toBeInTheDocument();
  await userEvent.click(screen.getByTestId('export-start'));
  await waitFor(() => expect(core.callsOf('export_view')[0]).toMatchObject({ language: 'zh-CN' }));
  expect(await screen.findByText('已导出 1 行')).toBeVisible();
});

test('an empty list cannot be exported', async () => {
  listsCore({ open_view: () => ({ handle: 7, count: 0, status_counts: [] }) });
  await renderWindow('/orders');
  await screen.findByTestId('empty');
  expect(screen.getByTestId('export')).toBeDisabled();
});

test('axe finds nothing in it', async () => {
  listsCore();
  await openDialog();
  const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))).toEqual([]);
});

const columnWords = () =>
  screen.getAllByRole('checkbox').flatMap((box) => {
    const { testid } = (box as HTMLElement).dataset;
    return testid?.startsWith('export-column-') ? [testid.slice('export-column-'.length)] : [];
  });

test('columns are moved by key and by mouse, and the choice is there at the next export', async () => {
  const core = listsCore();
  await openDialog('/activities');
  const before = columnWords();
  expect(before.slice(0, 2)).toEqual(['activity', 'status']);

  screen.getByTestId('export-column-status').focus();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(columnWords().slice(0, 2)).toEqual(['status', 'activity']);
  expect(screen.getByTestId('export-column-status')).toHaveFocus();

  const target = document.querySelector('[data-export-column="status"]');
  document.elementFromPoint = () => target;
  const grip = document.querySelector('[data-grip="updated"]') as HTMLElement;
  fireEvent.pointerDown(grip, { button: 0, clientX: 10, clientY: 300 });
  fireEvent.pointerMove(window, { clientX: 10, clientY: 20 });
  fireEvent.pointerUp(window, { clientX: 10, clientY: 20 });
  expect(columnWords().slice(0, 3)).toEqual(['updated', 'status', 'activity']);

  await userEvent.click(screen.getByTestId('export-column-updated'));
  await userEvent.selectOptions(screen.getByTestId('export-format'), 'csv');
  await userEvent.click(screen.getByTestId('export-start'));
  await waitFor(() => expect(core.callsOf('export_view')).toHaveLength(1));
  const exported = core.callsOf('export_view')[0];
  expect(exported?.columns.slice(0, 3)).toEqual(['updated', 'status', 'activity']);

  await userEvent.click(screen.getByTestId('export'));
  expect(columnWords().slice(0, 3)).toEqual(['updated', 'status', 'activity']);
  expect(screen.getByTestId('export-column-updated')).toBeChecked();
  expect(screen.getByTestId('export-format')).toHaveValue('csv');
  await userEvent.click(screen.getByTestId('export-as-shown'));
  expect(columnWords()).toEqual(before);
});

test('a choice of another version is read as far as it makes sense', () => {
  const kept = readExportChoice({
    columns: [{ column: 'gone', chosen: true }, null, { column: 'shop', chosen: true }],
  });
  const columns = withKept(columnsOf('orders', ['order']), kept.columns ?? []);
  expect(columns.slice(0, 2)).toEqual([
    { column: 'shop', chosen: true },
    { column: 'order', chosen: false },
  ]);
  expect(columns).toHaveLength(columnsOf('orders', []).length);
  expect(readExportChoice('nonsense')).toEqual({ format: 'xlsx', byLine: false, columns: undefined });
});
