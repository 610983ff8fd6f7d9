//! axe over every page and dialog, in both languages and themes. Contrast is computed in `tokens.test.ts`.

import { fireEvent, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../bindings/Settings';
import { failure, fakeCore } from '../ipc/fake';
import { fakeActivity, fakeApp, fakeCard, fakeOrder, fakeProduct, fakeRun } from '../ipc/fake-rows';
import { SETTINGS } from '../ipc/fake-settings';
import { renderWindow } from './render-window';

const APPEARANCES = (['en', 'zh-CN'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
);

type Appearance = Pick<Settings, 'language' | 'theme'>;

const LINE = {
  line_sn: null,
  sku_id: '17',
  product_id: '6',
  ext_code: 'HH-1',
  name: 'Lamp',
  spec: 'Blue',
  image_url: null,
  quantity: 2,
  unit_price: null,
};
const SKU = { sku_id: '17', ext_code: null, spec: 'Blue', price: null, stock: 0 };

const rows = {
  orders: [
    fakeOrder(1, { items: [LINE] }),
    fakeOrder(2, { ship_by: 1 }),
    fakeOrder(3, { status: 'canceled', ship_by: null, total_amount: null, amount_state: 'not_authorized' }),
  ],
  products: [fakeProduct(1, { skus: [SKU] }), fakeProduct(2, { stock: 0, image_url: null })],
  activities: [fakeActivity(1), fakeActivity(2, { joined: true, enroll_deadline: null })],
};

function fullCore({ language, theme }: Appearance) {
  let resource: keyof typeof rows = 'orders';
  return fakeCore({
    get_settings: () => ({
      settings: { ...SETTINGS, language, theme },
      set_by_environment: [],
    }),
    list_shops: () => [
      { ...fakeCard(), app: fakeApp({ gateway: 'us' }) },
      fakeCard(
        { shop_id: 'eu:2', name: 'Second shop' },
        { last_result: 'failed', last_error: failure('network') },
      ),
    ],
    list_gateway_apps: () => [],
    data_on_disk: () => ({
      bytes: 1,
      copies: [{ name: 'backups/1', made_at: 1_800_000_000, bytes: 1, origin: 'backup' }],
    }),
    prepare_diagnostics: () => [{ name: 'app.json', text: '{}' }],
    list_sync_runs: () => [fakeRun(1), fakeRun(2, { result: 'failed', error_code: 'rate_limited' })],
    list_quarantine: () => [
      {
        shop_id: 'custom:1',
        resource: 'orders',
        identity: 'PO-9',
        reason: 'no time of creation',
        payload: '{}',
        first_seen_at: 1_800_000_000,
        last_seen_at: 1_800_000_000,
      },
    ],
    sync_state: () => ({
      running: [
        {
          shop_id: 'custom:1',
          resource: 'orders',
          task: 'backfill',
          rows_done: 300,
          rows_total: 900,
          seconds_left: 40,
          pages_done: 3,
          pages_total: 9,
          counts: { new: 1, changed: 0, unchanged: 2, quarantined: 0 },
        },
      ],
      next_automatic_at: null,
      paused: null,
      waiting: [],
    }),
    open_view: ({ query }) => {
      resource = query.resource;
      return { handle: 1, count: rows[resource].length, status_counts: [{ status: 'overdue', count: 1 }] };
    },
    view_rows: () => ({ resource, rows: rows[resource] }) as never,
    order_totals: ({ last_day }) => [
      {
        day: last_day,
        shop_id: 'custom:1',
        currency: 'USD',
        orders: 4,
        canceled: 1,
        amount_minor: 2000,
        unknown_amounts: 1,
      },
    ],
    top_skus: () => [
      {
        shop_id: 'eu:2',
        sku_id: '17',
        product_id: '6',
        name: 'Lamp',
        spec: 'Blue',
        image_url: null,
        pieces: 12,
        orders: 9,
      },
    ],
    get_order: () => ({
      order: fakeOrder(1),
      status_history: [{ status: 'unshipped', platform_status: 'UNSHIPPED', first_seen_at: 1_800_000_000 }],
      raw: '{}',
      fetched_at: 1_800_000_000,
    }),
  });
}

/** Colour needs a layout, which jsdom has not. */
const OPTIONS: axe.RunOptions = {
  rules: { 'color-contrast': { enabled: false } },
  resultTypes: ['violations'],
};

/** A menu that is open has the focus and belongs to its button, not to a landmark. */
const WITH_A_MENU: axe.RunOptions = { ...OPTIONS, rules: { ...OPTIONS.rules, region: { enabled: false } } };

async function expectNothingFound({ language, theme }: Appearance, options = OPTIONS): Promise<void> {
  await waitFor(() => expect(document.documentElement).toHaveAttribute('lang', language));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe(theme));
  const { violations } = await axe.run(document, options);
  expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))).toEqual([]);
}

const ROW = encodeURIComponent('custom:1/PO-1');

const PLACES = [
  ['the overview', '/?days=30', 'top-sku'],
  ['the timeline', '/activities?as=%22timeline%22', 'timeline-row'],
  ['filtered orders', '/orders?ship=%22next_3%22&numbers=%5B%22PO-1%22%5D', 'numbers'],
  ['orders', '/orders', 'grid-row'],
  ['an order', `/orders?row=${ROW}`, 'order-panel'],
  ['products', '/products', 'grid-row'],
  ['activities', '/activities', 'grid-row'],
  ['shops', '/shops', 'shop-card'],
  ['restoring', '/settings?dialog=restore', 'copy'],
  ['the diagnostics', '/settings?dialog=diagnostics', 'diagnostics-file'],
  ['the licences', '/settings?dialog=licences', 'licence'],
  ['the sync log', '/sync', 'sync-run'],
  ['the check', '/sync/check', 'check-start'],
  ['what was put aside', '/sync/aside', 'aside-row'],
  ['settings', '/settings', 'setting-language'],
  ['the wizard', '/shops?dialog=authorize', 'gateway-custom'],
  ['the sync drawer', '/shops?dialog=sync', 'shop-sync'],
  ['the palette', '/shops?dialog=palette', 'palette-input'],
  ['the page of an order', '/orders/custom:1/PO-1', 'seller-center'],
  ['the shortcuts', '/shops?dialog=shortcuts', 'nav-shops'],
] as const;

const STATES = [
  ['an empty list', 'empty'],
  ['a list that cannot be read', 'error-box'],
  ['the first screen', 'open-demo'],
] as const;

describe.each(APPEARANCES)('in $language, $theme, axe finds nothing', (appearance) => {
  test.each(PLACES)('in %s', async (_, address, part) => {
    fullCore(appearance);
    await renderWindow(address);
    await screen.findAllByTestId(part);
    await expectNothingFound(appearance);
  });

  test.each(STATES)('in %s', async (_, part) => {
    const core = fullCore(appearance);
    if (part === 'open-demo') core.answer('list_shops', () => []);
    core.answer('open_view', () => {
      if (part === 'error-box') throw failure('storage_failed');
      return { handle: 1, count: 0, status_counts: [] };
    });
    await renderWindow('/orders?q=lamp');
    await screen.findByTestId(part);
    await expectNothingFound(appearance);
  });
});

/** What is pressed one after the other, and what is there then. */
const OPENED = [
  ['the lines of an order', '/orders', ['unfold'], 'grid-line'],
  ['the SKUs of a product', '/products', ['unfold'], 'grid-line'],
  ['the columns', '/orders', ['columns'], 'columns-usual'],
  ['the views', '/orders', ['views'], 'save-view'],
  ['naming a view', '/orders?q=lamp', ['views', 'save-view'], 'view-name'],
  ['a filter by date', '/orders', ['filter-dates'], ''],
  ['the other filters', '/products', ['more-filters'], 'ask-price'],
  ['a filter by price', '/products', ['more-filters', 'ask-price'], 'filter-price'],
  ['the shop switcher', '/shops', ['shop-switcher'], 'switch-all'],
  ['what can be done with a shop', '/shops', ['shop-menu'], 'remove-shop'],
  ['removing a shop', '/shops', ['shop-menu', 'remove-shop'], 'remove-confirm'],
  ['renaming a shop', '/shops', ['shop-menu', 'rename-shop'], 'shop-name'],
  ['the export', '/orders', ['export'], 'export-start'],
] as const;

describe.each(APPEARANCES.filter(({ language }, at) => (language === 'en') === (at % 2 === 0)))(
  'in $language, $theme, axe finds nothing in what was opened:',
  (appearance) => {
    test.each(OPENED)('%s', async (_, address, parts, part) => {
      fullCore(appearance);
      await renderWindow(address);
      if (address.startsWith('/orders') || address === '/products') await screen.findAllByTestId('grid-row');
      for (const name of parts) fireEvent.click((await screen.findAllByTestId(name))[0] as HTMLElement);
      if (part) await screen.findAllByTestId(part);
      else await screen.findByRole('dialog');
      await expectNothingFound(appearance, WITH_A_MENU);
    });
  },
);
