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
  expect(within(panel).getByText('Buyer wants to cancel')).toBeVisible();
  expect(within(panel).getByText('label_of_tomorrow')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('order-panel')).not.toBeInTheDocument());
});

test('new rows come in while the first row is in sight, and old handles are released', async () => {
  let count = 3;
  const core = ordersCore(() => count);
  await renderWindow('/orders');
  expect(await screen.findByText('PO-2')).toBeVisible();
  count = 4;
  await core.change({ shop_id: null, tags: ['orders'] });
  expect(await screen.findByText('PO-3')).toBeVisible();
  await waitFor(() => expect(core.callsOf('close_view')).toContainEqual({ handle: 1 }));
});

test('a list that is gone in the core is opened again', async () => {
  let isGone = true;
  ordersCore(() => 3, {
    view_rows: () => {
      if (isGone) {
        isGone = false;
        throw failure('view_gone');
      }
      return { resource: 'orders', rows: [fakeOrder(1)] };
    },
  });
  await renderWindow('/orders');
  expect(await screen.findByText('PO-1')).toBeVisible();
  expect(screen.queryByTestId('error-box')).not.toBeInTheDocument();
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
