import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Presence } from '../../bindings/Presence';
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

test('nothing is shown before everything is there, so that nothing moves away from under the pointer', async () => {
  let answer: (presence: Presence) => void = () => {};
  fakeCore({
    presence: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
  await renderWindow('/settings');
  await screen.findByRole('heading', { name: 'Settings' });
  expect(screen.queryByTestId('setting-language')).not.toBeInTheDocument();
  expect(screen.queryByTestId('back-up')).not.toBeInTheDocument();
  answer({ tray: false, autostart: null });
  await screen.findByTestId('setting-language');
  expect(screen.getByTestId('back-up')).toBeInTheDocument();
});

test('a change that follows another at once builds on it', async () => {
  let answer = () => {};
  const core = fakeCore({
    get_settings: () => state(),
    save_settings: ({ settings }) =>
      new Promise((resolve) => {
        answer = () => resolve(state({ settings }));
      }),
  });
  await renderWindow('/settings');
  await userEvent.selectOptions(await screen.findByTestId('setting-language'), 'zh-CN');
  await userEvent.selectOptions(screen.getByTestId('setting-theme'), 'dark');
  expect(core.callsOf('save_settings')).toHaveLength(1);
  answer();
  await waitFor(() => expect(core.callsOf('save_settings')).toHaveLength(2));
  expect(core.callsOf('save_settings')[1]?.settings).toMatchObject({ language: 'zh-CN', theme: 'dark' });
  answer();
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
});

test('a number is brought into its bounds when the field is left', async () => {
  const core = fakeCore({
    get_settings: () => state(),
    save_settings: ({ settings }) => state({ settings }),
  });
  await renderWindow('/settings');
  const field = await screen.findByTestId('setting-interval-orders');
  await userEvent.clear(field);
  await userEvent.type(field, '0{Enter}');
  await waitFor(() => expect(core.callsOf('save_settings')[0]?.settings.orders_interval_minutes).toBe(1));
});

test('orders, products and activities each have an interval of their own', async () => {
  let stored = { ...SETTINGS, activities_interval_minutes: 1440 };
  const core = fakeCore({
    get_settings: () => state({ settings: stored }),
    save_settings: ({ settings }) => {
      stored = settings;
      return state({ settings });
    },
  });
  await renderWindow('/settings');
  expect(await screen.findByLabelText('Sync orders every')).toHaveValue(30);
  expect(screen.getByLabelText('Sync activities every')).toHaveValue(1440);
  const orders = screen.getByTestId('setting-interval-orders');
  await userEvent.clear(orders);
  await userEvent.type(orders, '5');
  const products = screen.getByTestId('setting-interval-products');
  await userEvent.clear(products);
  await userEvent.type(products, '99999{Enter}');
  await waitFor(() => expect(core.callsOf('save_settings')).toHaveLength(2));
  expect(stored).toEqual({
    ...SETTINGS,
    orders_interval_minutes: 5,
    products_interval_minutes: 10_080,
    activities_interval_minutes: 1440,
  });
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

test('old orders are deleted only once the seller has seen how many', async () => {
  const core = fakeCore({
    get_settings: () => state(),
    save_settings: ({ settings }) => state({ settings }),
    count_orders_beyond: ({ days }) => (days === 365 ? 42 : 7),
  });
  await renderWindow('/settings');
  const setting = await screen.findByTestId('setting-retention');
  expect(setting).toHaveTextContent('Forever');
  await userEvent.click(setting);
  expect(await screen.findByTestId('retention-count')).toHaveTextContent('7 orders');
  const field = screen.getByTestId('retention-days');
  await userEvent.clear(field);
  await userEvent.type(field, '365{Enter}');
  await waitFor(() => expect(screen.getByTestId('retention-count')).toHaveTextContent('42 orders'));
  expect(core.callsOf('save_settings')).toEqual([]);
  await userEvent.click(screen.getByTestId('retention-confirm'));
  await waitFor(() => expect(core.callsOf('save_settings')[0]?.settings.retention_days).toBe(365));
  await waitFor(() => expect(screen.getByTestId('setting-retention')).toHaveTextContent('365 days'));

  await userEvent.click(screen.getByTestId('setting-retention'));
  await userEvent.click(await screen.findByTestId('retention-for-ever'));
  await waitFor(() => expect(core.callsOf('save_settings')[1]?.settings.retention_days).toBeUndefined());
});

test('what the environment sets cannot be changed, and says so', async () => {
  const intervals = ['orders_interval_minutes', 'products_interval_minutes', 'activities_interval_minutes'];
  fakeCore({ get_settings: () => state({ set_by_environment: intervals }) });
  await renderWindow('/settings');
  for (const resource of ['orders', 'products', 'activities']) {
    expect(await screen.findByTestId(`setting-interval-${resource}`)).toBeDisabled();
  }
  expect(screen.getAllByText('Set by an environment variable')).toHaveLength(3);
  expect(screen.getByTestId('setting-auto-sync')).toBeEnabled();
});
