import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Resource } from '../../bindings/Resource';
import { fakeCore } from '../../ipc/fake';
import { fakeCard, fakeOrder } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

/** A window with a list of that resource, and what the core was last asked for. */
async function list(resource: Resource, search = '') {
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    open_view: () => ({ handle: 1, count: 0, status_counts: [] }),
  });
  const { router } = await renderWindow(`/${resource}${search}`);
  await screen.findByTestId('more-filters');
  return { core, router, asked: () => core.callsOf('open_view').at(-1)?.query };
}

async function ask(filter: string) {
  await userEvent.click(screen.getByTestId('more-filters'));
  await userEvent.click(await screen.findByTestId(`ask-${filter}`));
}

test('a list stays as it is while the ends of a span are typed', async () => {
  const { core, asked } = await list('orders');
  await ask('amount');
  await userEvent.type(await screen.findByTestId('filter-from'), '50');
  await waitFor(() => expect(asked()?.amount).toEqual({ currency: 'USD', from_minor: 5000, to_minor: null }));
  await userEvent.type(screen.getByTestId('filter-to'), '1');
  expect(screen.getByText('Enter numbers, the smaller one first.')).toBeVisible();
  expect(screen.getByTestId('filter-to')).toBeInvalid();
  await userEvent.type(screen.getByTestId('filter-to'), '00');
  await waitFor(() => expect(asked()?.amount).toMatchObject({ from_minor: 5000, to_minor: 10_000 }));
  expect(screen.getByTestId('filter-to')).toBeValid();
  for (const { query } of core.callsOf('open_view')) {
    const { from_minor: from, to_minor: to } = query.amount ?? {};
    expect(from && to ? from <= to : true).toBe(true);
  }
});

test('orders whose amount is unknown are asked for, those whose amount is known, and all again', async () => {
  const { asked, router } = await list('orders');
  await ask('amount_known');
  await userEvent.click(await screen.findByRole('button', { name: 'Unknown' }));
  await waitFor(() => expect(asked()?.amount_known).toBe(false));
  await userEvent.click(screen.getByRole('button', { name: 'Known' }));
  await waitFor(() => expect(asked()?.amount_known).toBe(true));
  await userEvent.click(screen.getByRole('button', { name: 'Known' }));
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty('amount_known', true));
});

test('the currency of the last time is offered again', async () => {
  const { asked } = await list('products');
  await ask('price');
  await userEvent.selectOptions(await screen.findByTestId('filter-currency'), 'EUR');
  await userEvent.keyboard('{Escape}');
  await userEvent.click(screen.getByRole('button', { name: /^Remove filter/ }));
  await waitFor(() => expect(screen.queryByTestId('filter-price')).not.toBeInTheDocument());
  await ask('price');
  await userEvent.type(await screen.findByTestId('filter-to'), '9.5');
  await waitFor(() => expect(asked()?.price).toEqual({ currency: 'EUR', from_minor: null, to_minor: 950 }));
});

test('a number alone filters, in the currency that most rows have', async () => {
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    open_view: () => ({ handle: 1, count: 3, status_counts: [] }),
    view_rows: () => ({
      resource: 'orders',
      rows: ['THB', 'GBP', 'GBP'].map((currency, number) => fakeOrder(number, { currency })),
    }),
  });
  await renderWindow('/orders');
  await screen.findByText('PO-2');
  await ask('amount');
  expect(await screen.findByTestId('filter-currency')).toHaveValue('GBP');
  expect(screen.getByRole('option', { name: 'THB' })).toBeInTheDocument();
  await userEvent.type(screen.getByTestId('filter-from'), '5');
  await waitFor(() =>
    expect(core.callsOf('open_view').at(-1)?.query.amount).toEqual({
      currency: 'GBP',
      from_minor: 500,
      to_minor: null,
    }),
  );
});

test('a filter stays open while its value is taken out to type another', async () => {
  const { asked } = await list('products', '?stock=%7B%22from%22%3A5%7D');
  await userEvent.click(await screen.findByTestId('filter-stock'));
  await userEvent.type(await screen.findByTestId('filter-from'), '{Backspace}');
  await waitFor(() => expect(asked()?.stock).toBeUndefined());
  await userEvent.type(screen.getByTestId('filter-from'), '7');
  await waitFor(() => expect(asked()?.stock).toEqual({ from: 7, to: null }));
  await userEvent.keyboard('{Escape}');
  expect(await screen.findByTestId('filter-stock')).toHaveTextContent('Stock: ≥ 7');
});

test('days are asked for once they are a span', async () => {
  const { core, router, asked } = await list('orders');
  await ask('delivered');
  fireEvent.change(await screen.findByLabelText('From'), { target: { value: '2026-11-20' } });
  await waitFor(() => expect(asked()?.delivered?.from).toBeGreaterThan(0));
  const calls = core.callsOf('open_view').length;
  for (const day of ['2026-11-02', '0002-11-21', '9999-12-31']) {
    fireEvent.change(screen.getByLabelText('To'), { target: { value: day } });
    expect(await screen.findByText('Enter valid days, the earlier one first.')).toBeVisible();
    expect(screen.getByLabelText('To')).toBeInvalid();
    expect(router.state.location.search).toEqual({ delivered: '2026-11-20..' });
  }
  expect(core.callsOf('open_view')).toHaveLength(calls);
  fireEvent.change(screen.getByLabelText('To'), { target: { value: '2026-11-21' } });
  await waitFor(() => expect(asked()?.delivered?.to).toBeGreaterThan(0));
});

test('what an address says the wrong way round is no filter', async () => {
  const { asked } = await list(
    'products',
    '?stock=%7B%22from%22%3A5%2C%22to%22%3A1%7D&dates=2026-11-20..2026-11-01',
  );
  await waitFor(() => expect(asked()).toMatchObject({ dates: { from: null, to: null } }));
  expect(asked()).not.toHaveProperty('stock');
});

test.each([
  ['orders', 'quantity'],
  ['products', 'sku_count'],
  ['activities', 'item_count'],
  ['activities', 'remaining'],
] as const)('%s are filtered by %s', async (resource, filter) => {
  const { asked } = await list(resource);
  await ask(filter);
  await userEvent.type(await screen.findByTestId('filter-from'), '2');
  await waitFor(() => expect(asked()?.[filter]).toEqual({ from: 2, to: null }));
});

test('numbers beyond what is looked for at once are told', async () => {
  const { asked } = await list('orders');
  const numbers = (first: number, count: number) =>
    Array.from({ length: count }, (_, place) => String(first + place)).join('\n');
  await userEvent.click(screen.getByTestId('search'));
  await userEvent.paste(numbers(100_000, 900));
  await waitFor(() => expect(asked()?.order_sns).toHaveLength(900));
  await userEvent.paste(numbers(100_800, 240));
  await waitFor(() => expect(asked()?.order_sns).toHaveLength(1000));
  expect(await screen.findByText('40 numbers left out: 1000 are searched for at once.')).toBeVisible();
  expect(screen.getByTestId('numbers')).toHaveTextContent('1000 order numbers');
});

test('more words than are looked for at once are told, and the list stays', async () => {
  const { core } = await list('products');
  await userEvent.click(screen.getByTestId('search'));
  const calls = core.callsOf('open_view').length;
  await userEvent.paste(Array.from({ length: 101 }, (_, place) => `60${place}`).join(' '));
  expect(await screen.findByText('A search takes at most 100 words.')).toBeVisible();
  expect(core.callsOf('open_view')).toHaveLength(calls);
  await userEvent.clear(screen.getByTestId('search'));
  await userEvent.paste(Array.from({ length: 100 }, (_, place) => `60${place}`).join(' '));
  await waitFor(() => expect(core.callsOf('open_view').at(-1)?.query.search).toMatch(/^600 .* 6099$/));
});

test('Chinese is looked for when it is written, not while its letters are typed', async () => {
  const { core, asked } = await list('orders');
  const box = screen.getByTestId('search');
  fireEvent.compositionStart(box);
  fireEvent.input(box, { target: { value: "tai'deng" }, isComposing: true });
  expect(box).toHaveValue("tai'deng");
  fireEvent.keyDown(box, { key: 'Enter', isComposing: true });
  // Longer than the box waits for the next letter.
  await new Promise((resolve) => setTimeout(resolve, 300));
  fireEvent.input(box, { target: { value: '台灯' }, isComposing: true });
  fireEvent.compositionEnd(box);
  await waitFor(() => expect(asked()?.search).toBe('台灯'));
  expect(core.callsOf('open_view').map(({ query }) => query.search)).not.toContain("tai'deng");
});

test.each([
  ['is being written', { isComposing: true }],
  ['was just written, as WebKit tells it', { keyCode: 229 }],
])('a key means nothing else while Chinese %s', async (_, composing) => {
  const { router } = await list('orders', '?row=custom%3A1%2FPO-1&q=lamp');
  const box = screen.getByTestId('search');
  await waitFor(() => expect(box).toHaveValue('lamp'));
  fireEvent.keyDown(box, { key: 'Escape', ...composing });
  expect(box).toHaveValue('lamp');
  expect(router.state.location.search).toHaveProperty('row');
  fireEvent.keyDown(box, { key: 'Escape' });
  expect(box).toHaveValue('');
});
