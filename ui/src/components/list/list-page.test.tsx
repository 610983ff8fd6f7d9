import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { APP_INFO, type FakeCore, fakeCore, type Handlers } from '../../ipc/fake';
import { fakeCard, fakeOrder } from '../../ipc/fake-rows';
import { preferences, setPreference } from '../../preferences/preferences';
import { renderWindow } from '../../testing/render-window';

const PROFILE_ENTRY = 'seller-desk:/made-up/profile';

function ordersCore(count = 250, handlers: Handlers = {}): FakeCore {
  return fakeCore({
    list_shops: () => [fakeCard(), fakeCard({ shop_id: 'eu:2', name: 'Second shop' })],
    open_view: () => ({ handle: 1, count, status_counts: [] }),
    view_rows: ({ start, len }) => ({
      resource: 'orders',
      rows: Array.from({ length: Math.min(len, count - start) }, (_, index) => fakeOrder(start + index)),
    }),
    ...handlers,
  });
}

const lastQuery = (core: FakeCore) => core.callsOf('open_view').at(-1)?.query;
const headers = () =>
  screen
    .getAllByRole('columnheader')
    .map((header) => header.textContent)
    .filter(Boolean);

test('all rows of a list are selected by key, and their numbers copied', async () => {
  const core = ordersCore();
  await renderWindow('/orders');
  (await screen.findByRole('treegrid')).focus();
  await screen.findByText('PO-3');
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(await screen.findByTestId('selection-bar')).toHaveTextContent('250 rows selected');
  await userEvent.click(screen.getByTestId('copy-selection'));
  await waitFor(() => expect(core.callsOf('copy_text')).toHaveLength(1));
  expect(core.callsOf('copy_text')[0]?.text.split('\n')).toHaveLength(250);
  expect(await screen.findByText('Copied 250 numbers')).toBeVisible();
  screen.getByRole('treegrid').focus();
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByTestId('selection-bar')).not.toBeInTheDocument();
});

test('more numbers than anyone pastes are not copied, and it says so', async () => {
  ordersCore(20_000);
  await renderWindow('/orders');
  (await screen.findByRole('treegrid')).focus();
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(await screen.findByTestId('copy-selection')).toBeDisabled();
  expect(screen.getByTestId('copy-selection')).toHaveAttribute(
    'title',
    'You can copy at most 10,000 at once. Narrow the list down first.',
  );
  await userEvent.keyboard('{Control>}c{/Control}');
  expect(
    await screen.findByText('You can copy at most 10,000 at once. Narrow the list down first.'),
  ).toBeVisible();
});

test('a column is hidden and moved in the menu, and is still so after a restart', async () => {
  ordersCore();
  await renderWindow('/orders');
  await screen.findByText('PO-3');
  await userEvent.click(screen.getByTestId('columns'));
  await userEvent.click(await screen.findByTestId('column-status'));
  await waitFor(() => expect(headers()).not.toContain('Status'));
  screen.getByTestId('column-order').focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await waitFor(() => expect(headers().slice(0, 2)).toEqual(['Ship by', 'Order no.']));

  const kept = JSON.parse(localStorage.getItem(PROFILE_ENTRY) ?? '{}');
  expect(kept.layouts.orders).toContainEqual({ key: 'status', shown: false });
  await userEvent.click(screen.getByTestId('columns-usual'));
  await waitFor(() => expect(headers()[0]).toBe('Order no.'));
  expect(headers()).toContain('Status');
});

test('a view keeps filters, order and columns; it is shown, changed, updated and deleted', async () => {
  const core = ordersCore();
  const { router } = await renderWindow('/orders?q=lamp&status=%5B%22overdue%22%5D&sort=amount&desc=true');
  await screen.findByText('PO-3');
  await userEvent.click(screen.getByTestId('views'));
  await userEvent.click(await screen.findByTestId('save-view'));
  await userEvent.type(await screen.findByTestId('view-name'), 'Late lamps');
  await userEvent.click(screen.getByTestId('view-save'));
  const tab = await screen.findByTestId('view-tab');
  expect(tab).toHaveTextContent('Late lamps');
  expect(preferences().views[0]?.search).toEqual({
    q: 'lamp',
    status: ['overdue'],
    sort: 'amount',
    desc: true,
  });

  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(lastQuery(core)).toMatchObject({ search: '', statuses: [] }));
  expect(tab).toHaveAttribute('aria-pressed', 'false');
  await userEvent.click(tab);
  await waitFor(() => expect(router.state.location.search).toMatchObject({ q: 'lamp', sort: 'amount' }));
  expect(tab).toHaveAttribute('aria-pressed', 'true');

  act(() => setPreference('layouts', { ...preferences().layouts, orders: [{ key: 'order', width: 300 }] }));
  await waitFor(() => expect(tab).toHaveTextContent('changed'));
  await userEvent.click(screen.getByTestId('views'));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Update “Late lamps”' }));
  expect(preferences().views[0]?.layout).toEqual([{ key: 'order', width: 300 }]);

  await userEvent.click(screen.getByTestId('views'));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete view' }));
  await waitFor(() => expect(screen.queryByTestId('view-tab')).not.toBeInTheDocument());
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByTestId('view-tab')).toHaveTextContent('Late lamps');
});

test('what is new since the last visit begins where that visit ended', async () => {
  localStorage.setItem(PROFILE_ENTRY, JSON.stringify({ lastUse: 1_790_000_000 }));
  const core = ordersCore();
  await renderWindow('/orders');
  await screen.findByText('PO-3');
  await userEvent.click(screen.getByTestId('views'));
  await userEvent.click(await screen.findByTestId('view-new_since_visit'));
  // What was fetched late is new, too; older orders are history.
  const month = 30 * 24 * 3600;
  const since = (end: number) => ({ seen_since: end, dates: { from: end - month, to: null } });
  await waitFor(() => expect(lastQuery(core)).toMatchObject(since(1_790_000_000)));

  // Closed to the tray for a while, and opened again from there.
  act(() => setPreference('lastUse', 1_790_086_400));
  await act(() => core.reopenWindow());
  await waitFor(() => expect(lastQuery(core)).toMatchObject(since(1_790_086_400)));
});

test('a new window is where the last one was left, in its very first picture', async () => {
  const place = { page: '/orders', searches: { '/orders': { status: ['shipped'], dates: 'since_visit' } } };
  localStorage.setItem('seller-desk:/another/profile', JSON.stringify({ place, lastUse: 1_790_000_000 }));
  const core = ordersCore();
  core.answer('app_info', () => ({ ...APP_INFO, profile: '/another/profile' }));
  const { router } = await renderWindow('/');
  await screen.findByText('PO-3');
  expect(router.state.location.pathname).toBe('/orders');
  const asked = core.callsOf('open_view').map(({ query }) => query);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ statuses: ['shipped'], seen_since: 1_790_000_000 });
  expect(core.callsOf('order_totals')).toHaveLength(0);
});

test('the numbers above a list show all at once, so that none moves under the pointer', async () => {
  let count = (_: number) => {};
  fakeCore({
    list_shops: () => [fakeCard()],
    open_view: ({ query }) =>
      query.joined
        ? new Promise((resolve) => {
            count = (joined) => resolve({ handle: 2, count: joined, status_counts: [] });
          })
        : { handle: 1, count: 0, status_counts: [{ status: 'running', count: 3 }] },
  });
  await renderWindow('/activities');
  await waitFor(() => expect(screen.getByTestId('kpi-running')).toHaveTextContent('3'));
  const strip = screen.getByRole('group', { name: 'Counts by status' });
  expect(strip).toHaveClass('has-[[data-is-pending]]:invisible');
  const waiting = () => strip.querySelector('[data-is-pending]');
  expect(waiting()).toHaveTextContent('Joined');
  count(2);
  await waitFor(() => expect(waiting()).toBeNull());
  expect(screen.getByTestId('kpi-joined')).toHaveTextContent('2');
});

test('sorting by key keeps the focus in the header, and begins at the top', async () => {
  const core = ordersCore();
  await renderWindow('/orders');
  await screen.findByText('PO-3');
  const grid = screen.getByRole('treegrid');
  grid.focus();
  await userEvent.keyboard('{ArrowUp}{ArrowRight}{Enter}');
  await waitFor(() => expect(lastQuery(core)).toMatchObject({ sort: 'ship_by', descending: false }));
  expect(grid).toHaveFocus();
  expect(document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')).toHaveTextContent(
    'Ship by',
  );
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(lastQuery(core)).toMatchObject({ sort: 'ship_by', descending: true }));
});

test('the deadline is chosen beside the status, and both hold', async () => {
  const core = ordersCore();
  await renderWindow('/orders?status=%5B%22shipped%22%5D');
  await screen.findByText('PO-3');
  await userEvent.click(screen.getByRole('button', { name: 'Deadline' }));
  await userEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Overdue' }));
  await waitFor(() =>
    expect(lastQuery(core)).toMatchObject({ statuses: ['shipped'], risk: ['overdue'], sort: 'ship_by' }),
  );
});

test('rows are 40 px high, 32 px when they are to stand close', async () => {
  ordersCore();
  const { container } = await renderWindow('/settings');
  await userEvent.selectOptions(await within(container).findByTestId('setting-density'), 'compact');
  await userEvent.click(screen.getByTestId('nav-orders'));
  await screen.findByText('PO-3');
  expect(screen.getAllByTestId('grid-row')[0]).toHaveStyle({ height: '32px' });
  act(() => setPreference('density', 'comfortable'));
  await waitFor(() => expect(screen.getAllByTestId('grid-row')[0]).toHaveStyle({ height: '40px' }));
});

test('every column is sorted by, and only by what the core knows', async () => {
  ordersCore();
  await renderWindow('/orders');
  await screen.findByText('PO-3');
  const unsorted = screen
    .getAllByRole('columnheader')
    .filter((header) => header.dataset.header && !within(header).queryByRole('button'));
  expect(unsorted.map((header) => header.textContent)).toEqual([]);
});

test('a list says which shops it is without, and why', async () => {
  const refused = { allowed: false, complete_through: null };
  ordersCore(0, {
    list_shops: () => [
      fakeCard(),
      fakeCard({ shop_id: 'eu:2', name: 'Second shop' }, refused),
      fakeCard({ shop_id: 'us:3', name: 'Third shop', mall_type: 'semi_managed' }, refused),
    ],
  });
  const { router } = await renderWindow('/products');
  await userEvent.click(await screen.findByRole('button', { name: '2 shops not included' }));
  const [second, third] = within(await screen.findByRole('dialog')).getAllByRole('listitem');
  expect(second).toHaveTextContent('Second shopThe token has no permission to read this kind of data.');
  expect(third).toHaveTextContent('Third shopSemi-managed shops give access to orders only, for now.');
  expect(screen.getByTestId('data-age')).toHaveTextContent('Updated');

  await act(() => router.navigate({ to: '/products', search: { shops: ['custom:1'] } }));
  await waitFor(() => expect(screen.queryByTestId('left-out')).not.toBeInTheDocument());
});
