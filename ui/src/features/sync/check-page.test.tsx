import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { CheckReport } from '../../bindings/CheckReport';
import type { ResourceCheck } from '../../bindings/ResourceCheck';
import { failure, fakeCore } from '../../ipc/fake';
import { fakeCard } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

const NONE = { count: 0, first: [] };

const part = (values: Partial<ResourceCheck>): ResourceCheck => ({
  resource: 'orders',
  checked: 412,
  missing: NONE,
  changed: NONE,
  gone: NONE,
  vanished: NONE,
  repaired: 0,
  error: null,
  ...values,
});

const report = (...resources: ResourceCheck[]): CheckReport => ({ shop_id: 'custom:1', resources });

const shops = () => [fakeCard(), fakeCard({ shop_id: 'eu:2', name: 'Second shop' })];

test('what differs is counted and named, and Repair sets exactly that right', async () => {
  const core = fakeCore({
    list_shops: shops,
    check_data: ({ repair }) =>
      report(
        part({ missing: { count: 2, first: ['PO-7', 'PO-8'] }, repaired: repair ? 2 : 0 }),
        part({ resource: 'products', checked: 64 }),
      ),
  });
  await renderWindow('/sync/check');
  await userEvent.selectOptions(await screen.findByTestId('check-shop'), 'eu:2');
  await userEvent.selectOptions(screen.getByTestId('check-span'), '30');
  await userEvent.click(screen.getByTestId('check-start'));

  const found = await screen.findByTestId('check-report');
  expect(found).toHaveTextContent('2 rows differ from the platform.');
  const [orders] = within(found).getAllByTestId('check-part');
  expect(orders).toHaveTextContent('Orders4122');
  expect(within(found).getByText('PO-7')).toBeInTheDocument();
  const [asked] = core.callsOf('check_data');
  expect(asked).toMatchObject({ shop_id: 'eu:2', repair: false });
  expect((asked?.to ?? 0) - (asked?.from ?? 0)).toBe(30 * 86_400);

  await userEvent.click(screen.getByTestId('check-repair'));
  await waitFor(() => expect(screen.getByTestId('check-report')).toHaveAttribute('data-left', '0'));
  expect(screen.getByTestId('check-report')).toHaveTextContent('2 rows were repaired.');
  expect(core.callsOf('check_data')[1]).toEqual({ ...asked, repair: true });
});

test('a check under way shows how far it is, can be stopped, and is still there when the page is opened again', async () => {
  let end = (_: CheckReport) => {};
  const core = fakeCore({
    list_shops: shops,
    cancel_sync: () => null,
    check_data: () =>
      new Promise<CheckReport>((resolve) => {
        end = resolve;
      }),
    sync_state: () => ({
      running: [
        {
          shop_id: 'custom:1',
          resource: 'orders',
          task: 'check',
          pages_done: 2,
          pages_total: 5,
          rows_done: 200,
          rows_total: 500,
          seconds_left: null,
          counts: { new: 0, changed: 0, unchanged: 0, quarantined: 0 },
        },
      ],
      next_automatic_at: null,
      paused: null,
      waiting: [],
    }),
  });
  const { router } = await renderWindow('/sync/check');
  await userEvent.click(await screen.findByTestId('check-start'));
  expect(await screen.findByTestId('check-running')).toHaveTextContent('Orders (data check), page 2 of 5');
  await userEvent.click(screen.getByTestId('check-stop'));
  await waitFor(() => expect(core.callsOf('cancel_sync')).toEqual([{ shop_id: 'custom:1' }]));

  await router.navigate({ to: '/shops' });
  await screen.findAllByTestId('shop-card');
  end(report(part({})));
  await router.navigate({ to: '/sync/check' });
  expect(await screen.findByTestId('check-report')).toHaveTextContent(
    'Everything checked matches the platform.',
  );
});

test('what could not be checked says why, and is never called equal', async () => {
  fakeCore({
    list_shops: shops,
    check_data: () => report(part({}), part({ resource: 'products', error: failure('scope_missing') })),
  });
  await renderWindow('/sync/check');
  await userEvent.click(await screen.findByTestId('check-start'));
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'scope_missing');
  expect(screen.getByTestId('check-report')).toHaveTextContent('The check did not finish.');
});

test('a check that cannot begin says why', async () => {
  fakeCore({
    list_shops: shops,
    check_data: () => {
      throw failure('token_expired');
    },
  });
  await renderWindow('/sync/check');
  await userEvent.click(await screen.findByTestId('check-start'));
  expect(await screen.findByTestId('error-box')).toHaveAttribute('data-code', 'token_expired');
});

test('whose data was checked is said, and trying again does what was asked for, whatever is chosen since', async () => {
  const core = fakeCore({
    list_shops: shops,
    check_data: ({ repair }) => {
      if (repair) throw failure('network');
      return report(part({ missing: { count: 1, first: ['PO-7'] } }));
    },
  });
  await renderWindow('/sync/check');
  await userEvent.click(await screen.findByTestId('check-start'));
  const found = within(await screen.findByTestId('check-report'));
  expect(found.getByRole('heading', { name: 'First shop' })).toBeVisible();
  await userEvent.click(found.getByTestId('check-repair'));
  const box = within(await screen.findByTestId('error-box'));
  await userEvent.selectOptions(screen.getByTestId('check-shop'), 'eu:2');
  await userEvent.click(box.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(core.callsOf('check_data')).toHaveLength(3));
  const [, repair, again] = core.callsOf('check_data');
  expect(again).toEqual(repair);
});
