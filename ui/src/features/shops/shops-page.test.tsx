import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { failure, fakeCore, type Handlers } from '../../ipc/fake';
import { fakeCard } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

async function openMenu(handlers: Handlers) {
  const core = fakeCore({ list_shops: () => [fakeCard()], ...handlers });
  await renderWindow('/shops');
  await userEvent.click(await screen.findByTestId('shop-menu'));
  return core;
}

async function removeShop(handlers: Handlers = {}) {
  const core = await openMenu({ remove_shop: () => null, ...handlers });
  await userEvent.click(await screen.findByTestId('remove-shop'));
  expect(await screen.findByText(/10 seconds/)).toBeVisible();
  await userEvent.click(screen.getByTestId('remove-confirm'));
  await waitFor(() =>
    expect(core.callsOf('remove_shop')).toEqual([{ shop_id: 'custom:1', keep_data: true }]),
  );
  return core;
}

test('a removed shop is brought back by Undo', async () => {
  const core = await removeShop({ undo_removal: () => null });
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(core.callsOf('undo_removal')).toEqual([{ shop_id: 'custom:1' }]);
  expect(await screen.findByText(/is back/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
});

test('an Undo that comes too late says so', async () => {
  await removeShop({
    undo_removal: () => {
      throw failure('unknown_shop');
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('There is no such shop here')).toBeVisible();
  expect(screen.queryByText(/is back/)).not.toBeInTheDocument();
});

test('after ten seconds nothing is offered any more, also to who rests on the message', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  try {
    await removeShop();
    await user.hover(await screen.findByRole('button', { name: 'Undo' }));
    await vi.advanceTimersByTimeAsync(9_000);
    expect(screen.getByRole('button', { name: 'Undo' })).toBeVisible();
    await vi.advanceTimersByTimeAsync(2_000);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument());
  } finally {
    vi.useRealTimers();
  }
});

test('the card opens the Seller Center of its region', async () => {
  const card = fakeCard();
  const core = await openMenu({
    list_shops: () => [{ ...card, app: { ...card.app, gateway: 'eu' } }],
    open_seller_center: () => null,
  });
  await userEvent.click(await screen.findByTestId('seller-center'));
  expect(core.callsOf('open_seller_center')).toEqual([{ shop_id: 'custom:1' }]);
});

test('a name is saved only where it is another', async () => {
  const core = await openMenu({ rename_shop: () => null });
  await userEvent.click(await screen.findByTestId('rename-shop'));
  const name = await screen.findByTestId('shop-name');
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  await userEvent.type(name, '{Enter}');
  expect(core.callsOf('rename_shop')).toEqual([]);
  await userEvent.type(name, ' in the US{Enter}');
  expect(await screen.findByText('The shop is now called First shop in the US.')).toBeVisible();
});
