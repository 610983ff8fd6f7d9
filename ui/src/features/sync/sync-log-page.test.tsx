import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fakeCore } from '../../ipc/fake';
import { fakeCard, fakeRun } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

test('older runs are read until there are no more', async () => {
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    list_sync_runs: ({ before, limit }) => {
      const newest = before === null ? 450 : before - 1;
      return Array.from({ length: Math.min(limit, newest) }, (_, place) => fakeRun(newest - place));
    },
  });
  await renderWindow('/sync');
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(200));
  await userEvent.click(screen.getByTestId('older-runs'));
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(400));
  await userEvent.click(screen.getByTestId('older-runs'));
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(450));
  expect(screen.queryByTestId('older-runs')).not.toBeInTheDocument();
  expect(core.callsOf('list_sync_runs').map(({ before }) => before)).toEqual([null, 251, 51]);
});

test('only what went wrong is shown, also of one shop, and it says where nothing did', async () => {
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    list_sync_runs: ({ problems_only }) => (problems_only ? [] : [fakeRun(1)]),
  });
  await renderWindow('/sync?shop=custom%3A1');
  await screen.findByTestId('sync-run');
  await userEvent.click(screen.getByRole('button', { name: 'Problems only' }));
  expect(await screen.findByText('No run had problems.')).toBeVisible();
  expect(core.callsOf('list_sync_runs').at(-1)).toMatchObject({ shop_id: 'custom:1', problems_only: true });
  await userEvent.click(screen.getByRole('button', { name: 'Show all runs' }));
  expect(await screen.findByTestId('sync-run')).toBeVisible();
});
