import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { ListQuery } from '../../bindings/ListQuery';
import { failure, fakeCore, type Handlers } from '../../ipc/fake';
import { fakeCard, fakeOrder } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

/** A core whose lists have a handle each, as the real one's. */
function ordersCore(count: () => number, handlers: Handlers = {}) {
  let handle = 0;
  return fakeCore({
    list_shops: () => [fakeCard()],
    open_view: () => {
      handle += 1;
      return {
        handle,
        count: count(),
        status_counts: [
          { status: 'unshipped', count: 5 },
          { status: 'partially_shipped', count: 2 },
          { status: 'delivered', count: 3 },
          { status: 'overdue', count: 1 },
        ],
      };
    },
    view_rows: ({ start, len }) => ({
      resource: 'orders',
      rows: Array.from({ length: Math.min(len, count() - start) }, (_, index) => fakeOrder(start + index)),
    }),
    get_order: ({ order_sn }) => ({
      order: fakeOrder(0, {
        order_sn,
        amount_state: 'not_authorized',
        total_amount: null,
        labels: ['pending_buyer_cancellation', 'label_of_tomorrow'],
      }),
      status_history: [],
      raw: '{"id":601099000000012345678}',
      fetched_at: 1_800_000_000,
    }),
    ...handlers,
  });
}

const lastQuery = (core: ReturnType<typeof fakeCore>): ListQuery | undefined =>
  core.callsOf('open_view').at(-1)?.query;

test('a number of the strip filters, sorts by deadline, and stands in the address', async () => {
  const core = ordersCore(() => 10);
  const { router } = await renderWindow('/orders');
  expect(await within(await screen.findByTestId('kpi-to_ship')).findByText('7')).toBeVisible();
  expect(within(screen.getByTestId('kpi-all')).getByText('10')).toBeVisible();
  await userEvent.click(screen.getByTestId('kpi-to_ship'));
  await waitFor(() => expect(lastQuery(core)?.statuses).toEqual(['unshipped', 'partially_shipped']));
  expect(lastQuery(core)?.sort).toBe('ship_by');
  expect(router.state.location.search).toMatchObject({ status: ['unshipped', 'partially_shipped'] });
  expect(screen.getByTestId('kpi-to_ship')).toHaveAttribute('aria-pressed', 'true');
});

test('a row opens its order; an amount that may not be read is not zero', async () => {
  ordersCore(() => 10);
  await renderWindow('/orders');
  await userEvent.click(await screen.findByText('PO-4'));
  const panel = await screen.findByTestId('order-panel');
  expect(await within(panel).findByText('not authorized')).toBeVisible();
  expect(within(panel).queryByText(/0\.00/)).not.toBeInTheDocument();
  expect(within(panel).getByText('Buyer requested cancellation')).toBeVisible();
  expect(within(panel).getByText('label_of_tomorrow')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('order-panel')).not.toBeInTheDocument());
});

test('rows far down come when they are reached', async () => {
  const core = ordersCore(() => 1000);
  await renderWindow('/orders');
  await screen.findByText('PO-4');
  screen.getByTestId('grid').focus();
  await userEvent.keyboard('{End}');
  expect(await screen.findByText('PO-999')).toBeVisible();
  expect(core.callsOf('view_rows').at(-1)).toEqual({ handle: 1, start: 900, len: 100 });
});

test('another list is drawn with its rows, never without them', async () => {
  let answer = () => {};
  const core = ordersCore(() => 10, {
    view_rows: ({ handle }) =>
      new Promise((resolve) => {
        const rows = [fakeOrder(handle)];
        answer = () => resolve({ resource: 'orders', rows });
        if (handle === 1) answer();
      }),
  });
  await renderWindow('/orders');
  await screen.findByText('PO-1');
  await userEvent.click(screen.getByTestId('kpi-to_ship'));
  await waitFor(() => expect(core.callsOf('view_rows').at(-1)?.handle).toBe(2));
  expect(screen.getByText('PO-1')).toBeVisible();
  answer();
  expect(await screen.findByText('PO-2')).toBeVisible();
  expect(screen.queryByText('PO-1')).not.toBeInTheDocument();
});

test('a panel that closes with the focus inside it gives the focus back to the list', async () => {
  ordersCore(() => 10);
  await renderWindow('/orders');
  await userEvent.click(await screen.findByText('PO-4'));
  const panel = await screen.findByTestId('order-panel');
  await userEvent.click(within(panel).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.getByRole('treegrid')).toHaveFocus());
});

test('what came stands beside the list until it is asked for, and old handles are released', async () => {
  let count = 3;
  const core = ordersCore(() => count, { view_news: () => ({ new: 1, changed: 2 }) });
  await renderWindow('/orders');
  expect(await screen.findByText('PO-2')).toBeVisible();
  count = 4;
  await core.change({ shop_id: null, tags: ['orders'] });
  const news = await screen.findByTestId('news');
  expect(news).toHaveTextContent('1 new · 2 changedRefresh');
  expect(screen.getByTestId('row-count')).toHaveTextContent('3 rows');
  expect(core.callsOf('view_news')[0]).toEqual({ handle: 1 });
  await userEvent.click(news);
  expect(await screen.findByText('PO-3')).toBeVisible();
  expect(screen.queryByTestId('news')).not.toBeInTheDocument();
  await waitFor(() => expect(core.callsOf('close_view')).toContainEqual({ handle: 1 }));
});

test('a list that is gone in the core is opened again', async () => {
  const core = ordersCore(() => 3, {
    view_rows: ({ handle }) => {
      if (handle === 1) throw failure('view_gone');
      return { resource: 'orders', rows: [fakeOrder(1)] };
    },
  });
  await renderWindow('/orders');
  expect(await screen.findByText('PO-1')).toBeVisible();
  expect(screen.queryByTestId('error-box')).not.toBeInTheDocument();
  expect(core.callsOf('close_view')).toEqual([{ handle: 1 }]);
});

test('no match names the filters and clears them', async () => {
  const core = ordersCore(() => 0);
  await renderWindow('/orders?q=lamp&dates=today');
  expect(await screen.findByText('Nothing matches “lamp” · Today.')).toBeVisible();
  await userEvent.click(within(screen.getByTestId('empty')).getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(lastQuery(core)).toMatchObject({ search: '', dates: { from: null, to: null } }));
});

test('a list that cannot be read says why and tries again', async () => {
  const core = ordersCore(() => 3, {
    open_view: () => {
      throw failure('storage_failed');
    },
  });
  await renderWindow('/orders');
  const box = await screen.findByTestId('error-box');
  expect(box).toHaveAttribute('data-code', 'storage_failed');
  core.answer('open_view', () => ({ handle: 7, count: 3, status_counts: [] }));
  await userEvent.click(within(box).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('PO-2')).toBeVisible();
});

test('a list that was empty fills by itself', async () => {
  let count = 0;
  const core = ordersCore(() => count);
  await renderWindow('/orders');
  await screen.findByTestId('empty');
  count = 2;
  await core.change({ shop_id: null, tags: ['orders'] });
  expect(await screen.findByText('PO-1')).toBeVisible();
});

test('many numbers are pasted at once, and taken away again', async () => {
  const core = ordersCore(() => 3);
  const { router } = await renderWindow('/orders');
  await userEvent.click(await screen.findByTestId('search'));
  await userEvent.paste('PO-211-1190000000000000\nPO-211-1190000007919333\n');
  expect(await screen.findByTestId('numbers')).toHaveTextContent('2 order numbers');
  const numbers = ['PO-211-1190000000000000', 'PO-211-1190000007919333'];
  await waitFor(() => expect(lastQuery(core)).toMatchObject({ order_sns: numbers, search: '' }));
  await userEvent.click(screen.getByRole('button', { name: 'Remove filter: 2 order numbers' }));
  await waitFor(() => expect(screen.queryByTestId('numbers')).not.toBeInTheDocument());
  expect(router.state.location.search).not.toHaveProperty('numbers');
});

test('a filter is asked for by name, chosen, told on its chip, and taken away', async () => {
  const core = ordersCore(() => 3);
  await renderWindow('/orders');
  await userEvent.click(await screen.findByTestId('more-filters'));
  await userEvent.click(await screen.findByTestId('ask-ship'));
  await userEvent.click(await screen.findByRole('button', { name: 'Next 3 days' }));
  await waitFor(() => expect(lastQuery(core)?.ship_by?.to).toBeGreaterThan(0));
  await userEvent.keyboard('{Escape}');
  expect(await screen.findByTestId('filter-ship')).toHaveTextContent('Ship by: Next 3 days');

  await userEvent.click(screen.getByTestId('more-filters'));
  await userEvent.click(await screen.findByTestId('ask-amount'));
  await userEvent.selectOptions(await screen.findByTestId('filter-currency'), 'JPY');
  await userEvent.type(screen.getByLabelText('At least'), '500');
  await waitFor(() =>
    expect(lastQuery(core)?.amount).toEqual({ currency: 'JPY', from_minor: 500, to_minor: null }),
  );
  await userEvent.keyboard('{Escape}');
  await userEvent.click(screen.getByRole('button', { name: 'Remove filter: Ship by: Next 3 days' }));
  await waitFor(() => expect(lastQuery(core)).not.toHaveProperty('ship_by'));
  expect(screen.queryByTestId('filter-ship')).not.toBeInTheDocument();
});

test('an order opens as a page from its panel, and Back leads to the list again', async () => {
  ordersCore(() => 10);
  const { router } = await renderWindow('/orders?q=lamp');
  await userEvent.click(await screen.findByText('PO-4'));
  await userEvent.click(await screen.findByTestId('open-order-page'));
  const page = await screen.findByTestId('order-page');
  expect(await within(page).findByText('not authorized')).toBeVisible();
  expect(within(page).getByRole('heading', { level: 2, name: 'PO-4' })).toBeVisible();
  expect(decodeURIComponent(router.state.location.pathname)).toBe('/orders/custom:1/PO-4');
  expect(screen.getByTestId('nav-orders')).toHaveAttribute('aria-current', 'page');
  router.history.back();
  expect(await screen.findByTestId('order-panel')).toBeVisible();
  expect(router.state.location.search).toMatchObject({ q: 'lamp' });
});

test('an order is looked for in the Seller Center of its region, by its number', async () => {
  const card = fakeCard();
  const core = ordersCore(() => 1, {
    list_shops: () => [{ ...card, app: { ...card.app, gateway: 'us' } }],
    open_seller_center: () => null,
  });
  await renderWindow('/orders/custom:1/PO-0');
  await userEvent.click(await screen.findByRole('button', { name: 'Open Seller Center' }));
  expect(core.callsOf('open_seller_center')).toEqual([{ shop_id: 'custom:1' }]);
  expect(core.callsOf('copy_text')).toEqual([]);
  const section = screen.getByText(/Search there for/);
  await userEvent.click(within(section).getByRole('button'));
  expect(core.callsOf('copy_text')).toEqual([{ text: 'PO-0' }]);
});

test('a gateway of one’s own has no Seller Center that is known', async () => {
  ordersCore(() => 1);
  await renderWindow('/orders/custom:1/PO-0');
  expect(await screen.findByText('Raw data from the platform')).toBeVisible();
  expect(screen.queryByTestId('seller-center')).not.toBeInTheDocument();
});
