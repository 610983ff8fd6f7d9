import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { failure, fakeCore, type Handlers } from '../../ipc/fake';
import { fakeApp } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

const RELAY = {
  gateway: 'us',
  dialect: 'open-platform',
  base_url: 'https://relay.example',
  app_key: 'key-us',
  redirect_uri: 'sellerdesk://oauth/callback',
} as const;

function desk(handlers: Handlers = {}) {
  let apps = [fakeApp({ id: 1, ...RELAY }), fakeApp({ id: 2, proxy: 'http://10.0.0.1:3128' })];
  const core = fakeCore({
    list_gateway_apps: () => apps,
    save_gateway_app: ({ app_key, proxy }) => {
      apps = apps.map((app) => (app.app_key === app_key ? { ...app, proxy } : app));
      return apps.find((app) => app.app_key === app_key) ?? fakeApp();
    },
    ...handlers,
  });
  return core;
}

test('each app has its proxy, and it alone is changed', async () => {
  const core = desk();
  await renderWindow('/settings');
  const field = await screen.findByLabelText('Proxy · United States');
  expect(field).toHaveValue('');
  expect(field).toHaveAttribute('placeholder', 'System proxy');
  expect(field).toHaveAccessibleDescription('App key-us');
  const other = screen.getByLabelText('Proxy · Custom');
  expect(other).toHaveValue('http://10.0.0.1:3128');
  expect(other).toHaveAccessibleDescription('App made-up-key · http://127.0.0.1:8080');

  await userEvent.type(field, ' socks5://10.0.0.2:1080{Enter}');
  await userEvent.tab();
  await waitFor(() =>
    expect(core.callsOf('save_gateway_app')).toEqual([
      { ...RELAY, app_secret: null, proxy: 'socks5://10.0.0.2:1080' },
    ]),
  );
  await core.change({ shop_id: null, tags: ['shops'] });
  await waitFor(() => expect(field).toHaveValue('socks5://10.0.0.2:1080'));

  await userEvent.clear(other);
  await userEvent.tab();
  await waitFor(() => expect(core.callsOf('save_gateway_app').at(-1)).toMatchObject({ proxy: null }));
});

test('an address that the core would refuse is said to be wrong once it is typed, and is not saved', async () => {
  const core = desk();
  await renderWindow('/settings');
  const field = await screen.findByTestId('setting-proxy-1');
  await userEvent.type(field, 'http://seller:made-up@10.0.0.1');
  expect(field).not.toHaveAttribute('aria-invalid');
  await userEvent.tab();
  expect(field).toHaveAccessibleDescription('Remove the user name and password from the address.');
  await userEvent.clear(field);
  await userEvent.type(field, '10.0.0.1:3128{Enter}');
  expect(field).toHaveAccessibleDescription('Enter an http://, https:// or socks5:// address.');
  expect(core.callsOf('save_gateway_app')).toEqual([]);
});

test('a proxy that could not be saved says why until it is saved', async () => {
  const core = desk();
  core.answer('save_gateway_app', () => {
    throw failure('storage_failed');
  });
  await renderWindow('/settings');
  await userEvent.type(await screen.findByTestId('setting-proxy-1'), 'http://10.0.0.3:3128{Enter}');
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'storage_failed');
  core.answer('save_gateway_app', () => fakeApp({ id: 1, ...RELAY }));
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByTestId('error-box')).not.toBeInTheDocument());
  expect(core.callsOf('save_gateway_app')).toHaveLength(2);
});

test('without an app there is no proxy to set', async () => {
  fakeCore();
  await renderWindow('/settings');
  await screen.findByTestId('setting-rate');
  expect(screen.queryByText('Network')).not.toBeInTheDocument();
});
