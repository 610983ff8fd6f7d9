import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fakeCore } from '../ipc/fake';
import { fakeCard, fakeOrder } from '../ipc/fake-rows';
import { preferences } from '../preferences/preferences';
import { renderWindow } from '../testing/render-window';

const deskCore = () =>
  fakeCore({
    list_shops: () => [fakeCard()],
    open_view: () => ({ handle: 1, count: 1, status_counts: [] }),
    view_rows: () => ({ resource: 'orders', rows: [fakeOrder(1)] }),
  });

test('the rail folds by press and by key, keeps its names for readers, and stays folded', async () => {
  deskCore();
  await renderWindow('/shops');
  await userEvent.click(await screen.findByTestId('fold-rail'));
  expect(screen.getByTestId('fold-rail')).toHaveAttribute('aria-expanded', 'false');
  expect(screen.getByRole('link', { name: 'Orders' })).toBeInTheDocument();
  expect(preferences().rail).toBe('folded');
  await userEvent.keyboard('{Control>}b{/Control}');
  await waitFor(() => expect(preferences().rail).toBe('wide'));
});

test('a page is found again as it was left, and a second press takes its filters away', async () => {
  deskCore();
  const { router } = await renderWindow('/orders?q=lamp&row=custom%3A1%2FPO-1');
  await screen.findByRole('grid');
  await userEvent.click(screen.getByTestId('nav-shops'));
  await screen.findByTestId('shop-card');
  await userEvent.click(screen.getByTestId('nav-orders'));
  await waitFor(() => expect(screen.getByTestId('search')).toHaveValue('lamp'));
  expect(router.state.location.search).not.toHaveProperty('row');
  await userEvent.click(screen.getByTestId('nav-orders'));
  await waitFor(() => expect(screen.getByTestId('search')).toHaveValue(''));
});
