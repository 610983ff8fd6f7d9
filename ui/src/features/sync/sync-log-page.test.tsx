import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { ListSyncRuns } from '../../bindings/ListSyncRuns';
import { fakeCore } from '../../ipc/fake';
import { fakeCard, fakeRun, NOW } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

/** The runs of a core that has had so many. */
const runsUpTo =
  (newest: number) =>
  ({ before, limit }: ListSyncRuns) => {
    const first = before === null ? newest : before - 1;
    return Array.from({ length: Math.min(limit, first) }, (_, place) => fakeRun(first - place));
  };

const WRITTEN = { shop_id: null, tags: ['sync_runs' as const] };

afterEach(() => vi.restoreAllMocks());

test('older runs are read until there are no more', async () => {
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    list_sync_runs: runsUpTo(450),
  });
  await renderWindow('/sync');
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(200));
  await userEvent.click(screen.getByTestId('older-runs'));
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(400));
  await userEvent.click(screen.getByTestId('older-runs'));
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(450));
  expect(screen.queryByTestId('older-runs')).not.toBeInTheDocument();
  const asked = core.callsOf('list_sync_runs').map(({ before }) => before);
  expect(asked.slice(-3)).toEqual([null, 251, 51]);
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

test('how long a run took is told in seconds, and in hours where it took long', async () => {
  const long = fakeRun(2, { started_at: NOW - 3900, finished_at: NOW });
  fakeCore({ list_shops: () => [fakeCard()], list_sync_runs: () => [long, fakeRun(1)] });
  await renderWindow('/sync');
  const [first, second] = await screen.findAllByTestId('sync-run');
  expect(first).toHaveTextContent('1 h 5 min');
  expect(second).toHaveTextContent('30 s');
});

test('older runs come although a sync writes while they are read', async () => {
  const core = fakeCore({ list_shops: () => [fakeCard()], list_sync_runs: runsUpTo(450) });
  await renderWindow('/sync');
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(200));
  let goOn = () => {};
  const written = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  core.answer('list_sync_runs', async (wanted) => {
    await written;
    return runsUpTo(453)(wanted);
  });
  await userEvent.click(screen.getByTestId('older-runs'));
  await core.change(WRITTEN);
  await core.change(WRITTEN);
  goOn();
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(400));
});

test('what is read stays in its place when runs come above it', async () => {
  vi.spyOn(HTMLElement.prototype, 'offsetTop', 'get').mockImplementation(function (this: HTMLElement) {
    return this instanceof HTMLTableRowElement ? this.rowIndex * 36 : 0;
  });
  const core = fakeCore({ list_shops: () => [fakeCard()], list_sync_runs: runsUpTo(450) });
  await renderWindow('/sync');
  await waitFor(() => expect(screen.getAllByTestId('sync-run')).toHaveLength(200));
  const box = screen.getByRole('region', { name: 'Sync log' });
  box.scrollTop = 1000;
  core.answer('list_sync_runs', runsUpTo(452));
  await core.change(WRITTEN);
  await waitFor(() => expect(box.scrollTop).toBe(1072));
  box.scrollTop = 0;
  core.answer('list_sync_runs', runsUpTo(453));
  await core.change(WRITTEN);
  await waitFor(() => expect(core.callsOf('list_sync_runs')).toHaveLength(3));
  expect(box.scrollTop).toBe(0);
});

test('the drawer and the tabs lead back to the log as it was left', async () => {
  fakeCore({ list_shops: () => [fakeCard()], list_sync_runs: runsUpTo(1) });
  const { router } = await renderWindow('/sync?problems=true');
  const search = () => router.state.location.search;
  await userEvent.click(await screen.findByTestId('tab-check'));
  await userEvent.click(screen.getByTestId('tab-log'));
  await waitFor(() => expect(search()).toEqual({ problems: true }));
  await userEvent.click(screen.getByTestId('nav-orders'));
  await userEvent.click(await screen.findByTestId('status-pill'));
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('link', { name: /sync log/i }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/sync'));
  expect(search()).toEqual({ problems: true });
});
