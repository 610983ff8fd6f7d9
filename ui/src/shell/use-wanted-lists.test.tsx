import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ListWanted } from '../bindings/ListWanted';
import { fakeCore } from '../ipc/fake';
import { fakeCard } from '../ipc/fake-rows';
import { preferences, setPreference } from '../preferences/preferences';
import { renderWindow } from '../testing/render-window';

async function windowAtSettings() {
  const core = fakeCore({ list_shops: () => [fakeCard()] });
  const { router } = await renderWindow('/settings');
  await screen.findByTestId('setting-language');
  return { core, router };
}

test.each<[ListWanted, string, object]>([
  [{ list: 'overdue', shop: 'us:1' }, '/orders', { shops: ['us:1'], status: ['overdue'], sort: 'ship_by' }],
  [{ list: 'due_soon', shop: null }, '/orders', { status: ['due_soon'], sort: 'ship_by' }],
  [{ list: 'new_orders', shop: null }, '/orders', { sort: 'created_at', desc: true }],
  [{ list: 'sync_log', shop: 'us:1' }, '/sync', { shop: 'us:1' }],
  [{ list: 'shops', shop: null }, '/shops', {}],
])('a click on a notification opens its list: %o', async (wanted, page, search) => {
  const { core, router } = await windowAtSettings();
  await core.wantList(wanted);
  await waitFor(() => expect(router.state.location.pathname).toBe(page));
  expect(router.state.location.search).toMatchObject(search);
});

test('what is about several shops is shown for all of them', async () => {
  const { core } = await windowAtSettings();
  act(() => setPreference('shop', 'us:1'));
  await act(() => core.wantList({ list: 'overdue', shop: 'us:2' }));
  expect(preferences().shop).toBe('us:1');
  await act(() => core.wantList({ list: 'overdue', shop: null }));
  expect(preferences().shop).toBeNull();
});
