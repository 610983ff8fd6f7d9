import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fakeCore } from '../ipc/fake';
import { fakeCard, fakeOrder } from '../ipc/fake-rows';
import { renderWindow } from '../testing/render-window';

function deskCore() {
  return fakeCore({
    list_shops: () => [fakeCard(), fakeCard({ shop_id: 'eu:2', name: 'Second shop' })],
    sync_now: () => null,
    open_view: ({ query }) => ({ handle: query.search ? 2 : 1, count: 3, status_counts: [] }),
    view_rows: ({ handle }) => ({
      resource: 'orders',
      rows: handle === 2 ? [fakeOrder(211_777)] : [fakeOrder(1), fakeOrder(2), fakeOrder(3)],
    }),
    get_order: ({ order_sn }) => ({
      order: fakeOrder(0, { order_sn }),
      status_history: [],
      raw: null,
      fetched_at: 1_800_000_000,
    }),
  });
}

/** Opens it and waits for the focus: what is typed before goes to the page. */
const openPalette = async () => {
  await userEvent.keyboard('{Control>}k{/Control}');
  await waitFor(() => expect(screen.getByTestId('palette-input')).toHaveFocus());
};

test('a few letters and Enter go to a page; Esc closes and gives the focus back', async () => {
  deskCore();
  await renderWindow('/orders');
  const grid = await screen.findByRole('treegrid');
  grid.focus();
  await openPalette();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('palette')).not.toBeInTheDocument());
  expect(grid).toHaveFocus();

  await openPalette();
  await userEvent.keyboard('settin');
  await waitFor(() => expect(screen.getAllByTestId('palette-entry')).toHaveLength(1));
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(screen.getByTestId('nav-settings')).toHaveAttribute('aria-current', 'page'));
  expect(screen.queryByTestId('palette')).not.toBeInTheDocument();
});

test('Enter that picks Chinese characters opens nothing', async () => {
  deskCore();
  const { router } = await renderWindow('/shops');
  await screen.findAllByTestId('shop-card');
  await openPalette();
  const input = screen.getByTestId('palette-input');
  fireEvent.compositionStart(input);
  fireEvent.input(input, { target: { value: "zzz'z" }, isComposing: true });
  expect(screen.queryByText(/^Nothing found/)).not.toBeInTheDocument();
  fireEvent.keyDown(input, { key: 'Enter', keyCode: 229, isComposing: true });
  fireEvent.keyDown(input, { key: 'Escape', keyCode: 229, isComposing: true });
  expect(input).toBeVisible();
  fireEvent.input(input, { target: { value: 'settin' }, isComposing: true });
  fireEvent.compositionEnd(input);
  await waitFor(() => expect(screen.getAllByTestId('palette-entry')).toHaveLength(1));
  fireEvent.keyDown(input, { key: 'Enter' });
  await waitFor(() => expect(router.state.location.pathname).toBe('/settings'));
});

test('an order number opens the order', async () => {
  deskCore();
  await renderWindow('/shops');
  await screen.findAllByTestId('shop-card');
  await openPalette();
  await userEvent.keyboard('PO-211777');
  expect(await screen.findByText('PO-211777')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByTestId('order-page')).toHaveTextContent('PO-211777');
});

test('a shop shows its orders, a view its filters, an action is done', async () => {
  const core = deskCore();
  const { router } = await renderWindow('/orders');
  await screen.findByRole('treegrid');
  await openPalette();
  await userEvent.keyboard('second');
  await userEvent.click(
    await screen.findByText('Second shop', { selector: '[data-testid=palette-entry] *' }),
  );
  await waitFor(() => expect(screen.getByTestId('shop-switcher')).toHaveTextContent('Second shop'));
  await waitFor(() => expect(core.callsOf('open_view').at(-1)?.query.shops).toEqual(['eu:2']));

  await openPalette();
  await userEvent.keyboard('overdue orders{Enter}');
  await waitFor(() => expect(router.state.location.search).toMatchObject({ status: ['overdue'] }));

  await openPalette();
  await userEvent.keyboard('sync all{Enter}');
  await waitFor(() => expect(core.callsOf('sync_now')).toEqual([{ shops: [] }]));
});

test('Esc closes one thing at a time', async () => {
  deskCore();
  await renderWindow('/orders?row=custom%3A1%2FPO-1');
  await screen.findByTestId('order-panel');
  await openPalette();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('palette')).not.toBeInTheDocument());
  expect(screen.getByTestId('order-panel')).toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('order-panel')).not.toBeInTheDocument());
});

test('a text that nothing is called says so', async () => {
  deskCore();
  await renderWindow('/shops');
  await screen.findAllByTestId('shop-card');
  await openPalette();
  await userEvent.keyboard('zz');
  expect(await screen.findByText('Nothing found for “zz”.')).toBeVisible();
});
