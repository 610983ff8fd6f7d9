import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { SettingsState } from '../../bindings/SettingsState';
import { fakeCore } from '../../ipc/fake';
import { SETTINGS } from '../../ipc/fake-settings';
import { renderWindow } from '../../testing/render-window';

const state = (changes: Partial<SettingsState> = {}): SettingsState => ({
  settings: SETTINGS,
  set_by_environment: [],
  ...changes,
});

test('language and theme take effect at once', async () => {
  fakeCore({ get_settings: () => state(), save_settings: ({ settings }) => state({ settings }) });
  await renderWindow('/settings');
  await userEvent.selectOptions(await screen.findByTestId('setting-language'), 'zh-CN');
  await waitFor(() => expect(screen.getByTestId('nav-orders')).toHaveTextContent('订单'));
  await userEvent.selectOptions(screen.getByTestId('setting-theme'), 'dark');
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
});

test('a number is brought into its bounds when the field is left', async () => {
  const core = fakeCore({
    get_settings: () => state(),
    save_settings: ({ settings }) => state({ settings }),
  });
  await renderWindow('/settings');
  const field = await screen.findByTestId('setting-interval');
  await userEvent.clear(field);
  await userEvent.type(field, '0{Enter}');
  await waitFor(() => expect(core.callsOf('save_settings')[0]?.settings.sync_interval_minutes).toBe(1));
});

test('the seller says how far back orders are fetched', async () => {
  const core = fakeCore({
    get_settings: () => state(),
    save_settings: ({ settings }) => state({ settings }),
  });
  await renderWindow('/settings');
  const field = await screen.findByTestId('setting-history');
  expect(field).toHaveValue(365);
  await userEvent.clear(field);
  await userEvent.type(field, '730{Enter}');
  await waitFor(() => expect(core.callsOf('save_settings')[0]?.settings.history_days).toBe(730));
});

test('what the environment sets cannot be changed, and says so', async () => {
  fakeCore({ get_settings: () => state({ set_by_environment: ['sync_interval_minutes'] }) });
  await renderWindow('/settings');
  expect(await screen.findByTestId('setting-interval')).toBeDisabled();
  expect(screen.getByText('Set by the environment')).toBeVisible();
  expect(screen.getByTestId('setting-auto-sync')).toBeEnabled();
});
