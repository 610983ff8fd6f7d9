import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { parseDay } from '../../format/zone';
import { fakeCore } from '../../ipc/fake';
import { fakeCard, fakeOrder } from '../../ipc/fake-rows';
import { preferences } from '../../preferences/preferences';
import { renderWindow } from '../../testing/render-window';

test('the zone that is chosen is that of the rows, of the filters, and of the overview', async () => {
  const ordered = Math.floor(Date.UTC(2026, 0, 15, 20) / 1000);
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    open_view: () => ({ handle: 1, count: 1, status_counts: [] }),
    view_rows: () => ({
      resource: 'orders',
      rows: [fakeOrder(1, { created_at: ordered, status: 'delivered', delivered_at: ordered })],
    }),
  });
  const { router } = await renderWindow('/settings');
  const field = await screen.findByTestId('setting-zone');
  expect(field).toHaveValue('');
  await userEvent.selectOptions(field, 'Asia/Shanghai');
  expect(preferences().zone).toBe('Asia/Shanghai');

  await router.navigate({ to: '/orders', search: { dates: '2026-01-16..2026-01-16' } });
  await screen.findByTestId('grid-row');
  expect(screen.getAllByText(/Jan 16(, \d+)?, 04:00/).length).toBeGreaterThan(0);
  const from = parseDay('2026-01-16', 'Asia/Shanghai') ?? 0;
  const asked = core.callsOf('open_view').filter(({ query }) => query.dates.from !== null);
  expect(asked.at(-1)?.query.dates).toEqual({ from, to: from + 86_399 });

  await router.navigate({ to: '/' });
  await waitFor(() => expect(core.callsOf('order_totals').at(-1)?.zone).toBe('Asia/Shanghai'));
  expect(core.callsOf('top_skus').at(-1)?.zone).toBe('Asia/Shanghai');
});
