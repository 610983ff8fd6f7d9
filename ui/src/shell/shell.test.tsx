import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { APP_INFO, failure, fakeCore } from '../ipc/fake';
import { fakeCard } from '../ipc/fake-rows';
import { renderWindow } from '../testing/render-window';

test('without a shop there are three doors, and settings stay reachable', async () => {
  const core = fakeCore({ open_demo: () => null });
  await renderWindow('/orders');
  await userEvent.click(await screen.findByTestId('open-demo'));
  expect(core.callsOf('open_demo')).toHaveLength(1);
  await userEvent.click(screen.getByTestId('nav-settings'));
  expect(await screen.findByTestId('setting-language')).toBeVisible();
});

test('a profile in use is said on the whole page', async () => {
  fakeCore({ app_info: () => ({ ...APP_INFO, failure: failure('profile_locked') }) });
  await renderWindow('/orders');
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'profile_locked');
  expect(screen.queryByTestId('nav-orders')).not.toBeInTheDocument();
});

test('demo data is marked', async () => {
  fakeCore({ app_info: () => ({ ...APP_INFO, demo: true }), list_shops: () => [fakeCard()] });
  await renderWindow('/shops');
  expect(await screen.findByTestId('demo-mark')).toHaveTextContent('Demo data');
});

test('the system language is followed until another is chosen', async () => {
  const closed = failure('disk_full');
  fakeCore({
    app_info: () => ({ ...APP_INFO, failure: closed, system_language: 'zh-Hans-CN' }),
    get_settings: () => {
      throw closed;
    },
  });
  await renderWindow('/orders');
  expect(await screen.findByText('磁盘空间不足')).toBeVisible();
  expect(document.documentElement.lang).toBe('zh-CN');
});

test('keys change the page, sync, and open the sheet', async () => {
  const core = fakeCore({ list_shops: () => [fakeCard()], sync_now: () => null });
  await renderWindow('/shops');
  await screen.findByTestId('shop-card');
  await userEvent.keyboard('{Control>}3{/Control}');
  await waitFor(() => expect(screen.getByTestId('nav-products')).toHaveAttribute('aria-current', 'page'));
  await userEvent.keyboard('{Control>}r{/Control}');
  await waitFor(() => expect(core.callsOf('sync_now')).toEqual([{ shops: [] }]));
  await userEvent.keyboard('/');
  expect(screen.getByTestId('search')).toHaveFocus();
  await userEvent.tab();
  await userEvent.keyboard('?');
  expect(await screen.findByRole('heading', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('progress is seen in the status bar as it comes', async () => {
  const core = fakeCore({ list_shops: () => [fakeCard()] });
  await renderWindow('/shops');
  await screen.findByText('No sync is running.');
  core.progress({
    type: 'progress',
    shop_id: 'custom:1',
    resource: 'orders',
    task: 'changes',
    pages_done: 3,
    pages_total: 4,
    rows_done: 300,
    rows_total: 400,
    seconds_left: null,
    counts: { new: 0, changed: 0, unchanged: 0, quarantined: 0 },
  });
  expect(await screen.findByTestId('sync-running')).toHaveTextContent(
    'Syncing First shop · Orders, page 3 of 4 · 75%',
  );
});

test.each([
  ['locked', 'passphrase', 'locked with your passphrase'],
  ['locked', 'keychain', 'keychain is locked'],
  ['absent', 'keychain', 'no keychain'],
  ['slow', 'keychain', 'is not responding'],
] as const)('a vault that is %s (%s) has its own words', async (readiness, kind, words) => {
  fakeCore({ list_shops: () => [fakeCard()], vault_status: () => ({ kind, readiness }) });
  await renderWindow('/shops');
  expect(await screen.findByTestId('vault-banner')).toHaveTextContent(words);
});
