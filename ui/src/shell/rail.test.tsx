import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fakeCore } from '../ipc/fake';
import { fakeCard, fakeOrder } from '../ipc/fake-rows';
import { preferences } from '../preferences/preferences';
import { renderWindow } from '../testing/render-window';

const deskCore = () =>
  fakeCore({
    list_shops: () => [fakeCard()],
    open_view: ({ query }) => ({ handle: 1, count: query.resource === 'orders' ? 1 : 0, status_counts: [] }),
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
  await screen.findByRole('treegrid');
  await userEvent.click(screen.getByTestId('nav-shops'));
  await screen.findByTestId('shop-card');
  await userEvent.click(screen.getByTestId('nav-orders'));
  await waitFor(() => expect(screen.getByTestId('search')).toHaveValue('lamp'));
  expect(router.state.location.search).not.toHaveProperty('row');
  await userEvent.click(screen.getByTestId('nav-orders'));
  await waitFor(() => expect(screen.getByTestId('search')).toHaveValue(''));
});

test('keys and the palette find a page as it was left, too', async () => {
  deskCore();
  const { router } = await renderWindow('/orders?q=lamp');
  await screen.findByRole('treegrid');
  await userEvent.keyboard('{Control>}5{/Control}');
  await screen.findByTestId('shop-card');
  await userEvent.keyboard('{Control>}2{/Control}');
  await waitFor(() =>
    expect(router.state.location).toMatchObject({ pathname: '/orders', search: { q: 'lamp' } }),
  );
  await userEvent.keyboard('{Control>}5{/Control}');
  await screen.findByTestId('shop-card');
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.type(await screen.findByTestId('palette-input'), 'orders{Enter}');
  await waitFor(() =>
    expect(router.state.location).toMatchObject({ pathname: '/orders', search: { q: 'lamp' } }),
  );
});

test('an order and a list that is empty lead to the orders as they were left', async () => {
  const core = deskCore();
  core.answer('list_shops', () => [fakeCard({ mall_type: 'semi_managed' }, { allowed: false })]);
  const { router } = await renderWindow('/orders?q=lamp');
  await screen.findByTestId('search');
  const orders = { pathname: '/orders', search: { q: 'lamp' } };

  await userEvent.click(screen.getByTestId('nav-products'));
  await userEvent.click(await screen.findByRole('button', { name: 'Go to orders' }));
  await waitFor(() => expect(router.state.location).toMatchObject(orders));

  await act(() =>
    router.navigate({ to: '/orders/$shop/$sn', params: { shop: 'custom:1', sn: 'PO-1' }, search: {} }),
  );
  const page = await screen.findByTestId('order-page');
  await userEvent.click(within(page).getByRole('link', { name: 'Orders' }));
  await waitFor(() => expect(router.state.location).toMatchObject(orders));
});

test('one shop is chosen for every page, and is still chosen after a restart', async () => {
  const core = fakeCore({
    list_shops: () => [fakeCard(), fakeCard({ shop_id: 'eu:2', name: 'Second shop' })],
  });
  const { router } = await renderWindow('/orders?shops=%5B%22custom%3A1%22%5D');
  await userEvent.click(await screen.findByTestId('shop-switcher'));
  await userEvent.click(await screen.findByTestId('switch-eu:2'));
  const asked = () => core.callsOf('open_view').at(-1)?.query;
  await waitFor(() => expect(asked()).toMatchObject({ resource: 'orders', shops: ['eu:2'] }));
  expect(router.state.location.search).not.toHaveProperty('shops');
  await userEvent.click(screen.getByTestId('nav-products'));
  await waitFor(() => expect(asked()).toMatchObject({ resource: 'products', shops: ['eu:2'] }));
  expect(preferences().shop).toBe('eu:2');
  await userEvent.click(screen.getByTestId('shop-switcher'));
  await userEvent.click(await screen.findByTestId('switch-all'));
  await waitFor(() => expect(asked()?.shops).toEqual([]));
});

test('a started window shows the page and the filters that it was left with', async () => {
  deskCore();
  const first = await renderWindow('/products?q=lamp');
  await screen.findByTestId('search');
  await waitFor(() => expect(preferences().place.page).toBe('/products'));
  cleanup();
  first.client.clear();
  const { router } = await renderWindow('/');
  await waitFor(() =>
    expect(router.state.location).toMatchObject({ pathname: '/products', search: { q: 'lamp' } }),
  );
});
