import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { ShopCard } from '../../bindings/ShopCard';
import { APP_INFO, failure, fakeCore, type Handlers } from '../../ipc/fake';
import { fakeApp, fakeCard, NOW } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

function wizardCore(handlers: Handlers = {}) {
  return fakeCore({
    save_gateway_app: ({ app_key, gateway }) => fakeApp({ app_key, gateway }),
    test_gateway_app: () => ({ clock_offset_seconds: 0, milliseconds: 12 }),
    begin_authorization: () => ({ authorization_id: 'made-up-id', expires_at: 4_000_000_000 }),
    cancel_authorization: () => null,
    open_authorization_page: () => null,
    ...handlers,
  });
}

async function enterApp() {
  const user = userEvent.setup();
  await user.click(await screen.findByTestId('add-shop'));
  await user.click(await screen.findByTestId('gateway-custom'));
  await user.type(screen.getByTestId('base-url'), 'http://127.0.0.1:8080');
  await user.type(screen.getByTestId('app-key'), 'made-up-key');
  await user.type(screen.getByTestId('app-secret'), 'made-up-secret');
  return user;
}

test('an app is saved as entered, and its connection is tested', async () => {
  const core = wizardCore();
  await renderWindow('/orders');
  const user = await enterApp();
  await user.click(screen.getByTestId('test-connection'));
  expect(await screen.findByTestId('connected')).toHaveTextContent('Connected in 12 ms');
  expect(core.callsOf('save_gateway_app')[0]).toEqual({
    gateway: 'custom',
    dialect: 'guide',
    base_url: 'http://127.0.0.1:8080',
    app_key: 'made-up-key',
    app_secret: 'made-up-secret',
    redirect_uri: null,
    proxy: null,
  });
});

test('a wrong secret is named, and nothing goes on', async () => {
  wizardCore({
    test_gateway_app: () => {
      throw failure('signature_rejected');
    },
  });
  await renderWindow('/orders');
  const user = await enterApp();
  await user.click(screen.getByTestId('test-connection'));
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'signature_rejected');
  expect(screen.queryByTestId('connected')).not.toBeInTheDocument();
});

const notAllowed = () => {
  throw failure('ip_not_allowed');
};

test('an address that is not on the whitelist is helped where the app is entered, also by its proxy field', async () => {
  wizardCore({ test_gateway_app: notAllowed });
  await renderWindow('/orders');
  const user = userEvent.setup();
  await user.click(await screen.findByTestId('add-shop'));
  await user.click(await screen.findByTestId('gateway-eu'));
  await user.type(screen.getByTestId('app-key'), 'made-up-key');
  await user.type(screen.getByTestId('app-secret'), 'made-up-secret');
  await user.click(screen.getByTestId('test-connection'));
  const help = await screen.findByTestId('whitelist-help');
  expect(help).toHaveTextContent('https://partner-eu.temu.com');
  expect(help).toHaveTextContent('made-up-key');
  expect(screen.getByTestId('proxy')).not.toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Set a proxy' }));
  expect(screen.getByTestId('proxy')).toBeVisible();
  expect(screen.getByTestId('proxy')).toHaveFocus();
});

test('where a token is pasted the way to the proxy leads back to the same app', async () => {
  const apps = [fakeApp({ id: 2, app_key: 'another-key' }), fakeApp({ gateway: 'us' })];
  wizardCore({
    list_gateway_apps: () => apps,
    save_gateway_app: () => fakeApp({ gateway: 'us' }),
    check_pasted: notAllowed,
  });
  await renderWindow('/orders?dialog=authorize');
  const user = userEvent.setup();
  await user.click(await screen.findByTestId('gateway-us'));
  await user.click(screen.getByTestId('wizard-next'));
  await user.type(await screen.findByTestId('paste-text'), 'made-up-token');
  await user.click(screen.getByTestId('paste-check'));
  expect(await screen.findByTestId('whitelist-help')).toHaveTextContent('https://partner-us.temu.com');
  await user.click(screen.getByRole('button', { name: 'Set a proxy' }));
  expect(await screen.findByTestId('proxy')).toHaveFocus();
  expect(screen.getByTestId('app-key')).toHaveValue('made-up-key');
});

test.each([
  ['localhost:1080', 'Enter an http://, https:// or socks5:// address.'],
  ['socks5://me:secret@127.0.0.1:1080', 'Remove the user name and password from the address.'],
])('the proxy %s is refused where it is entered', async (proxy, words) => {
  wizardCore();
  await renderWindow('/orders');
  const user = await enterApp();
  await user.click(screen.getByText('Use a proxy for this gateway'));
  await user.type(screen.getByTestId('proxy'), proxy);
  expect(screen.queryByText(words)).not.toBeInTheDocument();
  await user.tab();
  expect(screen.getByText(words)).toBeVisible();
  expect(screen.getByTestId('wizard-next')).toBeDisabled();
  await user.clear(screen.getByTestId('proxy'));
  expect(screen.getByTestId('proxy')).toBeVisible();
  expect(screen.getByTestId('wizard-next')).toBeEnabled();
});

test('the browser comes back: the shop is shown', async () => {
  let cards: ShopCard[] = [];
  const core = wizardCore({ list_shops: () => cards });
  await renderWindow('/orders');
  const user = await enterApp();
  await user.click(screen.getByTestId('wizard-next'));
  await user.click(await screen.findByTestId('authorize-browser'));
  expect(await screen.findByText('Waiting for the browser')).toBeVisible();
  expect(core.callsOf('begin_authorization')).toEqual([{ app: 1, landing: 'deep_link', shop_id: null }]);

  cards = [fakeCard()];
  core.answer('take_authorization_outcomes', () => [
    { authorization_id: 'made-up-id', shops: ['custom:1'], failure: null },
  ]);
  await core.change({ shop_id: null, tags: ['shops'] });
  await core.completeAuthorization();
  expect(await screen.findByTestId('shop-card')).toBeVisible();
  expect(await screen.findByText('1 shop authorized')).toBeVisible();
  expect(screen.queryByText('Waiting for the browser')).not.toBeInTheDocument();
});

test('a denied consent says so and starts again', async () => {
  const core = wizardCore();
  await renderWindow('/orders');
  const user = await enterApp();
  await user.click(screen.getByTestId('wizard-next'));
  await user.click(await screen.findByTestId('authorize-browser'));
  await screen.findByText('Waiting for the browser');
  core.answer('take_authorization_outcomes', () => [
    { authorization_id: 'made-up-id', shops: [], failure: failure('consent_denied') },
  ]);
  await core.completeAuthorization();
  const box = await screen.findByTestId('error-box');
  expect(box).toHaveAttribute('data-code', 'consent_denied');
  await user.click(within(box).getByRole('button', { name: 'Authorize again' }));
  await waitFor(() => expect(core.callsOf('begin_authorization')).toHaveLength(2));
});

test('a pasted token shows what it opens before it is stored', async () => {
  const core = wizardCore({
    check_pasted: () => ({
      ticket: 'made-up-ticket',
      shops: [
        {
          remote_id: '77',
          name: null,
          region: 'US',
          mall_type: 'local',
          scopes: ['order/list'],
          expires_at: NOW,
          refresh_expires_at: null,
        },
      ],
    }),
    confirm_pasted: () => ['custom:77'],
  });
  await renderWindow('/orders');
  const user = await enterApp();
  await user.click(screen.getByTestId('wizard-next'));
  await user.type(await screen.findByTestId('paste-text'), '  made-up-token ');
  await user.click(screen.getByTestId('paste-check'));
  expect(await screen.findByTestId('checked-shop')).toHaveTextContent('Shop 77');
  expect(core.callsOf('check_pasted')).toEqual([{ app: 1, text: 'made-up-token', shop_id: null }]);
  expect(core.callsOf('confirm_pasted')).toEqual([]);
  await user.click(screen.getByTestId('paste-confirm'));
  await waitFor(() => expect(core.callsOf('confirm_pasted')).toEqual([{ ticket: 'made-up-ticket' }]));
});

test('a confirmation that came too late is over once the text is checked again', async () => {
  wizardCore({
    check_pasted: () => ({ ticket: 'made-up-ticket', shops: [] }),
    confirm_pasted: () => {
      throw failure('network');
    },
  });
  await renderWindow('/orders');
  const user = await enterApp();
  await user.click(screen.getByTestId('wizard-next'));
  await user.type(await screen.findByTestId('paste-text'), 'made-up-token');
  await user.click(screen.getByTestId('paste-check'));
  await user.click(await screen.findByTestId('paste-confirm'));
  const box = within(await screen.findByTestId('error-box'));
  await user.click(box.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByTestId('error-box')).not.toBeInTheDocument());
  expect(screen.getByTestId('paste-confirm')).toBeEnabled();
});

test('authorizing again keeps app and shop', async () => {
  const core = wizardCore({ list_shops: () => [fakeCard()], list_gateway_apps: () => [fakeApp()] });
  await renderWindow('/shops?dialog=authorize&again=custom:1');
  await userEvent.click(await screen.findByTestId('authorize-browser'));
  await waitFor(() =>
    expect(core.callsOf('begin_authorization')).toEqual([
      { app: 1, landing: 'deep_link', shop_id: 'custom:1' },
    ]),
  );
});

test('an app without a redirect address can only be pasted', async () => {
  const app = fakeApp({ gateway: 'us', dialect: 'open-platform' });
  wizardCore({ list_shops: () => [{ ...fakeCard(), app }], list_gateway_apps: () => [app] });
  await renderWindow('/shops?dialog=authorize&again=custom:1');
  expect(await screen.findByTestId('authorize-browser')).toBeDisabled();
  expect(screen.getByTestId('paste-text')).toHaveFocus();
});

test('an app key from the environment needs no secret', async () => {
  const core = wizardCore({
    app_info: () => ({ ...APP_INFO, environment_app_key: 'made-up-environment-key' }),
  });
  await renderWindow('/orders');
  await userEvent.click(await screen.findByTestId('add-shop'));
  await userEvent.click(await screen.findByTestId('wizard-next'));
  await waitFor(() =>
    expect(core.callsOf('save_gateway_app')[0]).toMatchObject({
      gateway: 'us',
      app_key: 'made-up-environment-key',
      app_secret: null,
    }),
  );
});

const RELAY = { gateway: 'us', dialect: 'open-platform', base_url: 'https://relay.example/us' } as const;
const DIRECT = { gateway: 'us', dialect: 'open-platform', base_url: 'https://direct.example' } as const;

test('an app that goes through a relay keeps its address, also beside one of the same key that does not', async () => {
  const core = wizardCore({
    list_gateway_apps: () => [
      fakeApp(DIRECT),
      fakeApp({ ...RELAY, id: 2 }),
      fakeApp({ ...RELAY, id: 3, app_key: 'another-key' }),
    ],
  });
  await renderWindow('/orders?dialog=authorize');
  const user = userEvent.setup();
  const saved = () => core.callsOf('save_gateway_app').map(({ app_key, base_url }) => [app_key, base_url]);
  await user.selectOptions(await screen.findByRole('combobox', { name: 'App' }), '2');
  expect(screen.getByRole('combobox', { name: 'App' })).toHaveValue('2');
  await user.click(screen.getByTestId('test-connection'));
  await waitFor(() => expect(saved()).toEqual([['made-up-key', RELAY.base_url]]));

  await user.selectOptions(screen.getByRole('combobox', { name: 'App' }), '');
  await user.type(screen.getByTestId('app-key'), 'another-key');
  await user.click(screen.getByTestId('test-connection'));
  await waitFor(() => expect(saved().at(-1)).toEqual(['another-key', RELAY.base_url]));
  await user.clear(screen.getByTestId('app-key'));
  await user.type(screen.getByTestId('app-key'), 'new-key');
  await user.type(screen.getByTestId('app-secret'), 'made-up-secret');
  await user.click(screen.getByTestId('test-connection'));
  await waitFor(() => expect(saved().at(-1)).toEqual(['new-key', null]));
});

test('a loopback address without its port is named where it is entered, and every app shows its own', async () => {
  const lands = (port: number) => ({ redirect_uri: `http://127.0.0.1:${port}/oauth/callback` });
  wizardCore({
    list_gateway_apps: () => [
      fakeApp({ ...DIRECT, ...lands(5001) }),
      fakeApp({ ...DIRECT, ...lands(5002), id: 2, app_key: 'another-key' }),
    ],
  });
  await renderWindow('/orders?dialog=authorize');
  const user = userEvent.setup();
  const port = () => screen.getByTestId('redirect-port');
  await user.selectOptions(await screen.findByRole('combobox', { name: 'App' }), '2');
  expect(port()).toHaveValue('5002');
  const words = /^Enter a port from 1024 to 65535/;
  for (const wrong of ['', '80', '70000']) {
    await user.clear(port());
    if (wrong) await user.type(port(), wrong);
    expect(screen.queryByText(words)).not.toBeInTheDocument();
    await user.tab();
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByTestId('wizard-next')).toBeDisabled();
  }
  await user.clear(port());
  await user.type(port(), '5003');
  expect(screen.getByTestId('wizard-next')).toBeEnabled();
});
