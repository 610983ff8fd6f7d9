import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Settings } from '../../bindings/Settings';
import { fakeCore, type Handlers } from '../../ipc/fake';
import { SETTINGS } from '../../ipc/fake-settings';
import { renderWindow } from '../../testing/render-window';

/** A core that keeps what is saved. */
async function settingsPage(handlers: Handlers = {}) {
  let settings: Settings = SETTINGS;
  const state = () => ({ settings, set_by_environment: [] });
  const core = fakeCore({
    get_settings: state,
    save_settings: (values) => {
      settings = values.settings;
      return state();
    },
    ...handlers,
  });
  await renderWindow('/settings');
  await screen.findByTestId('setting-on-close');
  return { core, saved: () => settings };
}

test('each kind of notification has its own switch', async () => {
  const { saved } = await settingsPage();
  await userEvent.click(screen.getByTestId('setting-notice-failures'));
  await waitFor(() => expect(saved().notices).toEqual({ ...SETTINGS.notices, failures: false }));
});

test('quiet hours are set by half hours once they are on', async () => {
  const { saved } = await settingsPage();
  expect(screen.queryByTestId('setting-quiet-from')).not.toBeInTheDocument();
  await userEvent.click(screen.getByTestId('setting-quiet-hours'));
  await userEvent.selectOptions(await screen.findByTestId('setting-quiet-from'), '23:30');
  await userEvent.selectOptions(screen.getByTestId('setting-quiet-to'), '07:00');
  await waitFor(() => expect(saved().quiet_hours).toEqual({ enabled: true, from: 1410, to: 420 }));
});

test('what closing does can be chosen where there is a tray', async () => {
  const { saved } = await settingsPage();
  await userEvent.selectOptions(screen.getByTestId('setting-on-close'), 'keep_syncing');
  await waitFor(() => expect(saved().on_close).toBe('keep_syncing'));
});

test('without a tray closing quits, and says so', async () => {
  await settingsPage({ presence: () => ({ tray: false, autostart: false }) });
  expect(screen.getByTestId('setting-on-close')).toBeDisabled();
  expect(screen.getByTestId('setting-on-close')).toHaveValue('quit');
  expect(screen.getByText('This desktop has no tray, so closing quits.')).toBeVisible();
});

test('the start at login is switched by the core', async () => {
  const { core } = await settingsPage({
    set_autostart: ({ enabled }) => ({ tray: true, autostart: enabled }),
  });
  await userEvent.click(screen.getByTestId('setting-autostart'));
  await waitFor(() => expect(screen.getByTestId('setting-autostart')).toBeChecked());
  expect(core.callsOf('set_autostart')).toEqual([{ enabled: true }]);
});

test('the demo does not start at login', async () => {
  await settingsPage({ presence: () => ({ tray: true, autostart: null }) });
  expect(screen.queryByTestId('setting-autostart')).not.toBeInTheDocument();
});
