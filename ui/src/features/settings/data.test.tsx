import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { CopyOnDisk } from '../../bindings/CopyOnDisk';
import { APP_INFO, failure, fakeCore } from '../../ipc/fake';
import { NOW } from '../../ipc/fake-rows';
import { loadAnew } from '../../ipc/load-anew';
import { renderWindow } from '../../testing/render-window';

vi.mock('../../ipc/load-anew', () => ({ loadAnew: vi.fn() }));

afterEach(() => vi.mocked(loadAnew).mockClear());

const backup: CopyOnDisk = {
  name: 'backups/seller-desk.1.sqlite3',
  made_at: NOW - 3600,
  bytes: 12_000_000,
  origin: 'backup',
};
const replaced: CopyOnDisk = {
  name: 'set-aside-2/seller-desk.sqlite3',
  made_at: NOW - 7200,
  bytes: 11_000_000,
  origin: 'replaced',
};

test('a backup is made, and the list of them is asked for again', async () => {
  let copies: CopyOnDisk[] = [];
  fakeCore({
    data_on_disk: () => ({ bytes: 31_400_000, copies }),
    back_up: () => {
      copies = [backup];
      return null;
    },
  });
  await renderWindow('/settings');
  expect(await screen.findByTestId('data-size')).toHaveTextContent('31 MB');
  expect(screen.getByTestId('newest-backup')).toHaveTextContent('No backups yet.');
  expect(screen.getByTestId('open-restore')).toBeDisabled();
  await userEvent.click(screen.getByTestId('back-up'));
  expect(await screen.findByText('The database was backed up.')).toBeVisible();
  await waitFor(() => expect(screen.getByTestId('newest-backup')).toHaveTextContent('12 MB'));
  expect(screen.getByTestId('open-restore')).toBeEnabled();
});

test('a backup that fails is told, and is no success', async () => {
  fakeCore({
    back_up: () => {
      throw failure('disk_full');
    },
  });
  await renderWindow('/settings');
  await userEvent.click(await screen.findByTestId('back-up'));
  expect(await screen.findByText('The disk is full')).toBeVisible();
  expect(screen.queryByText('The database was backed up.')).not.toBeInTheDocument();
});

test('the copy that is chosen is restored, and the page is loaded anew without the dialog', async () => {
  const core = fakeCore({
    data_on_disk: () => ({ bytes: 1, copies: [backup, replaced] }),
    restore_copy: () => null,
  });
  const { router } = await renderWindow('/settings?dialog=restore');
  const choices = await screen.findAllByTestId('copy');
  expect(choices.map((choice) => within(choice).getByRole('radio'))).toHaveLength(2);
  expect(within(choices[0] as HTMLElement).getByRole('radio')).toBeChecked();
  await userEvent.click(within(choices[1] as HTMLElement).getByRole('radio'));
  await userEvent.click(screen.getByTestId('restore-confirm'));
  await waitFor(() => expect(loadAnew).toHaveBeenCalledTimes(1));
  expect(core.callsOf('restore_copy')).toEqual([{ name: replaced.name }]);
  expect(router.state.location.search).not.toHaveProperty('dialog', 'restore');
});

test('a copy that is damaged is refused in the dialog, and nothing is loaded anew', async () => {
  fakeCore({
    data_on_disk: () => ({ bytes: 1, copies: [backup] }),
    restore_copy: () => {
      throw failure('database_corrupt');
    },
  });
  await renderWindow('/settings?dialog=restore');
  await userEvent.click(await screen.findByTestId('restore-confirm'));
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'database_corrupt');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByTestId('restore-confirm')).not.toBeInTheDocument());
  expect(loadAnew).not.toHaveBeenCalled();
});

test('a copy that is gone leaves the list, and another can be restored', async () => {
  let copies = [backup, replaced];
  const core = fakeCore({
    data_on_disk: () => ({ bytes: 1, copies }),
    restore_copy: ({ name }) => {
      copies = [replaced];
      if (name === backup.name) throw failure('copy_gone');
      return null;
    },
  });
  await renderWindow('/settings?dialog=restore');
  await userEvent.click(await screen.findByTestId('restore-confirm'));
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'copy_gone');
  await waitFor(() => expect(screen.getAllByTestId('copy')).toHaveLength(1));
  await userEvent.click(screen.getByTestId('restore-confirm'));
  await waitFor(() => expect(loadAnew).toHaveBeenCalledTimes(1));
  expect(core.callsOf('restore_copy').at(-1)).toEqual({ name: replaced.name });
});

test('a profile that cannot be opened is tried again, restored, and looked into', async () => {
  const core = fakeCore({
    app_info: () => ({ ...APP_INFO, failure: failure('database_corrupt') }),
    data_on_disk: () => ({ bytes: 1, copies: [backup] }),
    reopen: () => {
      throw failure('database_corrupt');
    },
    prepare_diagnostics: () => [{ name: 'log.txt', text: 'a line' }],
  });
  await renderWindow('/orders');
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(core.callsOf('app_info').length).toBeGreaterThan(1));
  expect(loadAnew).not.toHaveBeenCalled();

  await userEvent.click(screen.getByTestId('open-diagnostics'));
  expect(await screen.findByTestId('diagnostics-file')).toHaveTextContent('a line');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));

  core.answer('reopen', () => null);
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(loadAnew).toHaveBeenCalledTimes(1));

  await userEvent.click(screen.getByRole('button', { name: 'Restore a backup' }));
  expect(await screen.findByTestId('copy')).toBeVisible();
});

test('the diagnostics are shown before they are saved', async () => {
  const core = fakeCore({
    prepare_diagnostics: () => [
      { name: 'app.json', text: '{"version": "0.0.0"}' },
      { name: 'log.txt', text: 'a line' },
    ],
    save_diagnostics: () => ({ path: '/made-up/diagnostics.zip' }),
    reveal_export: () => null,
  });
  await renderWindow('/settings');
  await userEvent.click(await screen.findByTestId('open-diagnostics'));
  const files = await screen.findAllByTestId('diagnostics-file');
  expect(files.map((file) => file.querySelector('pre')?.textContent)).toEqual([
    '{"version": "0.0.0"}',
    'a line',
  ]);
  await userEvent.click(screen.getByTestId('save-diagnostics'));
  expect(await screen.findByText('/made-up/diagnostics.zip')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Show in folder' }));
  expect(core.callsOf('reveal_export')).toEqual([{ path: '/made-up/diagnostics.zip' }]);
});

test('the licences of what is shipped can be searched and read', async () => {
  fakeCore();
  await renderWindow('/settings');
  await userEvent.click(await screen.findByTestId('open-licences'));
  await userEvent.click(await screen.findByTestId('show-all-licences'));
  await waitFor(() => expect(screen.getAllByTestId('licence').length).toBeGreaterThan(100));
  await userEvent.type(screen.getByTestId('licence-search'), 'lucide-react');
  const [found, ...others] = await screen.findAllByTestId('licence');
  expect(others).toEqual([]);
  expect(screen.getByTestId('licence-count')).toHaveTextContent('1 component');
  await userEvent.click(screen.getByText('lucide-react'));
  await waitFor(() => expect(found).toHaveTextContent('Permission to use, copy, modify'));
});
