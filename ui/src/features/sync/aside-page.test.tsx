import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Quarantined } from '../../bindings/Quarantined';
import { APP_INFO, fakeCore } from '../../ipc/fake';
import { fakeCard } from '../../ipc/fake-rows';
import { SETTINGS } from '../../ipc/fake-settings';
import { renderWindow } from '../../testing/render-window';

const row = (identity: string): Quarantined => ({
  shop_id: 'custom:1',
  resource: 'orders',
  identity,
  reason: 'total_amount: expected a decimal',
  payload: '{"parentOrderSn":"PO-9","total_amount":[]}',
  first_seen_at: 1_800_000_000,
  last_seen_at: 1_800_000_600,
});

test('rows that could not be read show why and what came; reading again says what became of them', async () => {
  let rows = [row('PO-9'), row('PO-10')];
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    list_quarantine: () => rows,
    reread_quarantine: () => {
      rows = rows.slice(1);
      return { readable: 1, unreadable: 1 };
    },
  });
  await renderWindow('/sync/aside');
  expect(await screen.findAllByTestId('aside-row')).toHaveLength(2);
  expect(screen.getByTestId('tab-aside')).toHaveTextContent('Unreadable2');
  expect(screen.getAllByText('This order could not be read.')).toHaveLength(2);
  expect(screen.getAllByText('total_amount: expected a decimal')).toHaveLength(2);
  await userEvent.click(screen.getByTestId('aside-reread'));
  expect(await screen.findByText('1 read, 1 still cannot be read')).toBeInTheDocument();
  await waitFor(() => expect(screen.getAllByTestId('aside-row')).toHaveLength(1));
  expect(core.callsOf('reread_quarantine')).toHaveLength(1);
});

test('reading again without success is not called one', async () => {
  fakeCore({
    list_shops: () => [fakeCard()],
    list_quarantine: () => [row('PO-9')],
    reread_quarantine: () => ({ readable: 0, unreadable: 1 }),
  });
  await renderWindow('/sync/aside');
  await userEvent.click(await screen.findByTestId('aside-reread'));
  const said = await screen.findByText('0 read, 1 still cannot be read');
  expect(said.closest('[data-type]')).toHaveAttribute('data-type', 'failure');
});

test('in Chinese the seller reads Chinese; the core’s own words are told as English', async () => {
  fakeCore({
    get_settings: () => ({ settings: { ...SETTINGS, language: 'zh-CN' }, set_by_environment: [] }),
    list_shops: () => [fakeCard()],
    list_quarantine: () => [row('PO-9')],
  });
  await renderWindow('/sync/aside');
  expect(await screen.findByTestId('aside-row')).toHaveTextContent('该订单无法读取。');
  expect(screen.getByText('total_amount: expected a decimal')).toHaveAttribute('lang', 'en');
});

test('where nothing was put aside that is said, and there is nothing to press', async () => {
  fakeCore({ list_shops: () => [fakeCard()] });
  await renderWindow('/sync/aside');
  expect(await screen.findByText('Every row could be read.')).toBeVisible();
  expect(screen.queryByTestId('aside-reread')).not.toBeInTheDocument();
});

test('a database that was damaged at this start is told, with the folder it was moved to, until it is read', async () => {
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    sync_now: () => null,
    app_info: () => ({
      ...APP_INFO,
      recovered: {
        on_request: false,
        moved_to: '/made-up/profile/set-aside-1',
        restored_from: '/made-up/profile/backups/1.db',
      },
    }),
  });
  await renderWindow('/shops');
  expect(await screen.findByTestId('recovered-banner')).toHaveTextContent('/made-up/profile/set-aside-1');
  await userEvent.click(screen.getByTestId('recovered-banner').querySelector('button') as HTMLElement);
  await waitFor(() => expect(core.callsOf('sync_now')).toEqual([{ shops: [] }]));
  expect(screen.queryByTestId('recovered-banner')).not.toBeInTheDocument();
});
