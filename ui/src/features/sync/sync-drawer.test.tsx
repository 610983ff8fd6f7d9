import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { failure, fakeCore } from '../../ipc/fake';
import { fakeCard } from '../../ipc/fake-rows';
import { SETTINGS } from '../../ipc/fake-settings';
import { renderWindow } from '../../testing/render-window';

function syncingCore() {
  return fakeCore({
    list_shops: () => [
      fakeCard(),
      fakeCard(
        { shop_id: 'eu:2', name: 'Second shop' },
        { last_result: 'failed', last_error: failure('network') },
      ),
    ],
    sync_state: () => ({
      running: [
        {
          shop_id: 'custom:1',
          resource: 'orders',
          task: 'backfill',
          pages_done: 31,
          pages_total: 50,
          rows_done: 3100,
          rows_total: 5000,
          seconds_left: 40,
          counts: { new: 1200, changed: 3, unchanged: 10, quarantined: 0 },
        },
      ],
      next_automatic_at: null,
      paused: null,
      waiting: [],
    }),
    sync_now: () => null,
    cancel_sync: () => null,
  });
}

const shopRow = async (shopId: string) => {
  const rows = await screen.findAllByTestId('shop-sync');
  const row = rows.find((one) => one.dataset.shop === shopId);
  if (!row) throw new Error(`no ${shopId}`);
  return within(row);
};

test('the pill opens the drawer: what runs says what for, how far and how long, and can be stopped', async () => {
  const core = syncingCore();
  await renderWindow('/shops');
  const pill = await screen.findByTestId('status-pill');
  await waitFor(() => expect(pill).toHaveTextContent('62% · 40 s left'));
  await userEvent.click(pill);
  const row = await shopRow('custom:1');
  expect(row.getByText('Orders (history), page 31 of 50')).toBeVisible();
  expect(row.getByText('40 s left')).toBeVisible();
  expect(row.getByText('1,200 new, 3 changed, 10 unchanged')).toBeVisible();
  expect(row.getByText('Products')).toBeVisible();
  await userEvent.click(row.getByTestId('cancel-sync'));
  await waitFor(() => expect(core.callsOf('cancel_sync')).toEqual([{ shop_id: 'custom:1' }]));
});

test('a shop that failed says why, and is tried again alone', async () => {
  const core = syncingCore();
  await renderWindow('/shops?dialog=sync');
  const row = await shopRow('eu:2');
  expect(row.getByTestId('error-box')).toHaveAttribute('data-code', 'network');
  await userEvent.click(row.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(core.callsOf('sync_now')).toEqual([{ shops: ['eu:2'] }]));
});

test('a shop that is left alone says until when and why, in the status bar and here', async () => {
  const core = syncingCore();
  core.answer('sync_state', () => ({
    running: [],
    next_automatic_at: 1_800_000_000,
    paused: null,
    waiting: [{ shop_id: 'eu:2', failures: 4, reason: failure('network'), try_at: 1_800_000_000 }],
  }));
  await renderWindow('/shops?dialog=sync');
  const row = await shopRow('eu:2');
  expect(await row.findByTestId('shop-waiting')).toHaveTextContent(
    /Next try at .*Reason: .*4 failures in a row/,
  );
  expect(screen.getByTestId('sync-waiting')).toHaveTextContent(/^Second shop: next try at/);
});

test('a paused sync says why', async () => {
  const core = syncingCore();
  core.answer('sync_state', () => ({
    running: [],
    next_automatic_at: 1_800_000_000,
    paused: failure('keychain_locked'),
    waiting: [],
  }));
  await renderWindow('/shops');
  expect(await screen.findByTestId('sync-paused')).toHaveTextContent('keychain is locked');
});

test('an automatic sync that is due is about to start', async () => {
  const core = syncingCore();
  core.answer('sync_state', () => ({
    running: [],
    next_automatic_at: Math.floor(Date.now() / 1000) + 20,
    paused: null,
    waiting: [],
  }));
  await renderWindow('/shops?dialog=sync');
  expect(await screen.findByText('Automatic sync starts in a moment')).toBeVisible();
});

test('the automatic sync is paused and resumed from the drawer', async () => {
  const core = syncingCore();
  let auto_sync = true;
  const state = () => ({ settings: { ...SETTINGS, auto_sync }, set_by_environment: [] });
  core.answer('get_settings', state);
  core.answer('save_settings', ({ settings }) => {
    auto_sync = settings.auto_sync;
    return state();
  });
  await renderWindow('/shops?dialog=sync');
  const pause = await screen.findByTestId('drawer-auto-sync');
  expect(pause).toBeChecked();
  await userEvent.click(pause);
  await waitFor(() => expect(screen.getByTestId('drawer-auto-sync')).not.toBeChecked());
  expect(core.callsOf('save_settings')[0]?.settings.auto_sync).toBe(false);
  expect(screen.getByText('Automatic sync is off')).toBeVisible();
});
