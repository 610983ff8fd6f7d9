import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DayTotal } from '../../bindings/DayTotal';
import { dayText, startOfDay, systemZone } from '../../format/zone';
import { failure, fakeCore, type Handlers } from '../../ipc/fake';
import { fakeCard } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';
import { NOT_CANCELED } from './orders-link';

const daysAgo = (days: number) => dayText(Math.floor(Date.now() / 1000), systemZone(), days);

const total = (days: number, changes: Partial<DayTotal> = {}): DayTotal => ({
  day: daysAgo(days),
  shop_id: 'custom:1',
  currency: 'USD',
  orders: 4,
  canceled: 1,
  amount_minor: 3000,
  unknown_amounts: 0,
  ...changes,
});

const TOTALS = [
  total(0),
  total(40, { orders: 2, canceled: 0, amount_minor: 1500 }),
  total(1, { shop_id: 'eu:2', currency: 'EUR', canceled: 0, amount_minor: 2000, unknown_amounts: 2 }),
];

function deskCore(handlers: Handlers = {}) {
  return fakeCore({
    list_shops: () => [
      fakeCard(),
      fakeCard({ shop_id: 'eu:2', name: 'Second shop', token_state: 'expired' }),
    ],
    open_view: ({ query }) => {
      const pressing = { overdue: 3, due_soon: 0 }[query.statuses[0] ?? ''] ?? 0;
      return { handle: 1, count: query.resource === 'activities' ? 2 : pressing, status_counts: [] };
    },
    order_totals: () => TOTALS,
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
    ...handlers,
  });
}

test('what must be done comes first, and each row opens the list that was counted', async () => {
  const core = deskCore();
  const { router } = await renderWindow('/');
  expect(await screen.findByTestId('to-do-overdue')).toHaveTextContent('3orders are overdue');
  expect(screen.getByTestId('to-do-tokens')).toHaveTextContent('1shop must be authorized');
  expect(screen.getByTestId('to-do-sign_up')).toHaveTextContent('2activities');
  expect(screen.queryByTestId('to-do-due_soon')).not.toBeInTheDocument();
  const counted = core.callsOf('open_view').map(({ query }) => query);
  await userEvent.click(screen.getByTestId('to-do-sign_up'));
  await waitFor(() => expect(router.state.location.pathname).toBe('/activities'));
  const listed = () =>
    core
      .callsOf('open_view')
      .slice(counted.length)
      .find(({ query }) => query.sort === 'enroll_deadline')?.query;
  await waitFor(() => expect(listed()).toMatchObject({ joined: false }));
  expect(counted).toContainEqual(listed());
});

test('what is not here whole is compared with nothing, and it says so', async () => {
  const known = (days: number) => {
    const card = fakeCard();
    const from = Math.floor(Date.now() / 1000) - days * 86_400;
    const orders = { complete_from: from, history_from: from };
    const data = card.data.map((state) => (state.resource === 'orders' ? { ...state, ...orders } : state));
    return [{ ...card, data }];
  };
  const core = deskCore({ list_shops: () => known(45) });
  await renderWindow('/');
  expect(await screen.findByTestId('trend-orders')).toHaveTextContent('no comparison: data is incomplete');
  expect(within(screen.getByTestId('shop-total')).getByTitle(/^no comparison/)).toBeVisible();
  expect(screen.queryByTestId('known-since')).not.toBeInTheDocument();
  await userEvent.click(screen.getByTestId('range-90'));
  expect(await screen.findByTestId('known-since')).toHaveTextContent(/^only orders since/);

  core.answer('list_shops', () => known(100));
  await core.change({ shop_id: null, tags: ['shops'] });
  await userEvent.click(screen.getByTestId('range-30'));
  await waitFor(() => expect(screen.getByTestId('trend-orders')).toHaveTextContent('+300%'));
});

test('when nothing presses it says so', async () => {
  fakeCore({ list_shops: () => [fakeCard({ expires_at: null })] });
  await renderWindow('/');
  expect(await screen.findByTestId('to-do-nothing')).toBeVisible();
});

test('currencies stay apart, unknown amounts are said, and the span before is compared', async () => {
  deskCore();
  await renderWindow('/');
  const dollars = await screen.findByTestId('trend-USD');
  expect(screen.getByTestId('sum-USD')).toHaveTextContent('30.00 USD');
  expect(within(dollars).getByText('+100%')).toBeVisible();
  expect(screen.getByTestId('sum-EUR')).toHaveTextContent('20.00 EUR');
  expect(screen.getByTestId('trend-EUR')).toHaveTextContent('excluding 2 orders of unknown amount');
  expect(screen.getByTestId('trend-EUR')).toHaveTextContent('no comparison: data is incomplete');
  expect(screen.getByTestId('trend-orders')).toHaveTextContent('1 canceled · amounts of 2 orders unknown');
  const [ofAll] = screen.getAllByRole('link', { name: 'amounts of 2 orders unknown' });
  expect(decodeURIComponent(ofAll?.getAttribute('href') ?? '')).toContain('amount_known=false');
  const [first, second] = screen.getAllByTestId('shop-total');
  expect(first).toHaveTextContent(/30\.00 USD/);
  expect(second).toHaveTextContent(/20\.00 EURamounts of 2 orders unknown/);
});

test('amounts are compared with nothing where one of an unknown currency is unknown, orders still are', async () => {
  const unknown = total(40, { shop_id: 'eu:2', currency: null, amount_minor: 0, unknown_amounts: 3 });
  deskCore({ order_totals: () => [...TOTALS, unknown] });
  await renderWindow('/');
  expect(await screen.findByTestId('trend-USD')).toHaveTextContent('no comparison: data is incomplete');
  expect(screen.getByTestId('trend-orders')).toHaveTextContent('+33%');
});

test.each([
  ['4', {}],
  ['1 canceled', { statuses: ['canceled'] }],
  ['30.00 USD', { statuses: NOT_CANCELED, amount: { currency: 'USD', from_minor: null, to_minor: null } }],
])("%s in a shop's row opens the very orders that it counts", async (name, conditions) => {
  const core = deskCore();
  await renderWindow('/?days=7');
  const [row] = await screen.findAllByTestId('shop-total');
  await userEvent.click(within(row as HTMLElement).getByRole('link', { name }));
  const dates = { from: startOfDay(Math.floor(Date.now() / 1000), systemZone(), 6), to: null };
  const query = { shops: ['custom:1'], statuses: [], dates, ...conditions };
  await waitFor(() => expect(core.callsOf('open_view').at(-1)?.query).toMatchObject(query));
});

test('canceled orders of all shops open from beside the trend', async () => {
  const core = deskCore();
  await renderWindow('/');
  const trend = within(await screen.findByTestId('trend-orders'));
  await userEvent.click(trend.getByRole('link', { name: '1 canceled' }));
  await waitFor(() =>
    expect(core.callsOf('open_view').at(-1)?.query).toMatchObject({ shops: [], statuses: ['canceled'] }),
  );
});

test('a chart says the same as a table', async () => {
  deskCore();
  await renderWindow('/?days=7');
  expect(await screen.findAllByTestId('trend-chart')).not.toHaveLength(0);
  await userEvent.click(screen.getByTestId('twin-orders'));
  const table = within(screen.getByTestId('trend-orders')).getByRole('table');
  expect(within(table).getAllByRole('row')).toHaveLength(8);
  expect(within(table).getAllByRole('row')[1]).toHaveTextContent(/4\d* /);
});

test('another span is asked for, for the chosen shop, and twice as many days are read', async () => {
  localStorage.setItem('seller-desk:/made-up/profile', JSON.stringify({ shop: 'eu:2' }));
  const core = deskCore();
  await renderWindow('/');
  await userEvent.click(await screen.findByTestId('range-90'));
  await waitFor(() =>
    expect(core.callsOf('order_totals').at(-1)).toMatchObject({
      shops: ['eu:2'],
      first_day: daysAgo(179),
      last_day: daysAgo(0),
    }),
  );
  await waitFor(() => expect(core.callsOf('top_skus').at(-1)).toMatchObject({ first_day: daysAgo(89) }));
  await userEvent.click(await screen.findByTestId('top-sku'));
  await waitFor(() =>
    expect(core.callsOf('open_view').at(-1)?.query).toMatchObject({
      search: '17',
      shops: ['eu:2'],
      statuses: NOT_CANCELED,
    }),
  );
});

test('totals that cannot be read say why', async () => {
  deskCore({
    order_totals: () => {
      throw failure('storage_failed');
    },
  });
  await renderWindow('/');
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'storage_failed');
});

test('what cannot be counted says why instead of being waited for, and is counted again', async () => {
  let isBroken = true;
  const open_view = () => {
    if (isBroken) throw failure('storage_failed');
    return { handle: 1, count: 3, status_counts: [] };
  };
  deskCore({ open_view });
  await renderWindow('/');
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'storage_failed');
  isBroken = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByTestId('to-do-overdue')).toBeVisible();
  expect(screen.queryByTestId('error-box')).not.toBeInTheDocument();
});

test('a span without orders is said in words', async () => {
  deskCore({ order_totals: () => [], top_skus: () => [] });
  await renderWindow('/');
  expect(await screen.findByTestId('trend-orders')).toHaveTextContent('No orders in this period.');
  expect(screen.getAllByTestId('shop-total')[0]).toHaveTextContent('0——');
});
