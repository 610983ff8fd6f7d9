import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fakeCore } from '../../ipc/fake';
import { fakeActivity, fakeCard } from '../../ipc/fake-rows';
import { renderWindow } from '../../testing/render-window';

const nowSeconds = () => Math.floor(Date.now() / 1000);

test('activities are shown over time with the same filters; a row opens its activity', async () => {
  const now = nowSeconds();
  const rows = [
    fakeActivity(1, { name: 'Winter sale', start_time: now - 3600, end_time: now + 86_400 }),
    fakeActivity(2, { name: 'Spring sale', joined: true, start_time: now + 86_400, end_time: now + 864_000 }),
  ];
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    open_view: () => ({ handle: 1, count: 2, status_counts: [] }),
    view_rows: () => ({ resource: 'activities', rows }),
  });
  const { router } = await renderWindow('/activities?joined=true');
  await userEvent.click(await screen.findByTestId('as-timeline'));
  const timeline = await screen.findByTestId('timeline');
  expect(within(timeline).getByRole('button', { name: /^Spring sale, Joined, runs / })).toBeVisible();
  const asked = core.callsOf('open_view').map(({ query }) => query);
  expect(asked).toContainEqual(
    expect.objectContaining({ joined: true, sort: 'start_time', descending: false }),
  );

  await userEvent.click(within(timeline).getByRole('button', { name: /^Winter sale/ }));
  expect(await screen.findByTestId('activity-panel')).toBeVisible();
  await userEvent.click(screen.getByTestId('as-list'));
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty('as'));
  expect(await screen.findByRole('treegrid')).toBeVisible();
});

test('what can be joined and what was joined is counted and shown, and another state takes that back', async () => {
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    open_view: ({ query }) => ({
      handle: 1,
      count: query.joined === false ? 5 : query.joined ? 2 : 9,
      status_counts: [{ status: 'running', count: 4 }],
    }),
    view_rows: () => ({ resource: 'activities', rows: [fakeActivity(1)] }),
  });
  const { router } = await renderWindow('/activities?q=sale');
  await waitFor(() => expect(screen.getByTestId('kpi-available')).toHaveTextContent('Open for sign-up5'));
  await waitFor(() => expect(screen.getByTestId('kpi-joined')).toHaveTextContent('Joined2'));
  await userEvent.click(screen.getByTestId('kpi-available'));
  expect(screen.getByTestId('kpi-available')).toHaveAttribute('aria-pressed', 'true');
  expect(screen.getByTestId('kpi-all')).toHaveAttribute('aria-pressed', 'false');
  const asked = core.callsOf('open_view').at(-1)?.query;
  expect(asked).toMatchObject({ joined: false, enroll_until: { to: null }, search: 'sale' });
  const from = asked?.enroll_until?.from ?? 0;
  expect(from).toBeLessThanOrEqual(nowSeconds());
  expect(from).toBeGreaterThan(nowSeconds() - 3700);
  await userEvent.click(screen.getByTestId('kpi-running'));
  expect(router.state.location.search).toEqual({ q: 'sale', status: ['running'] });
});

test('activities are filtered by any type: one of ours, one that the rows have, or one that is typed', async () => {
  const core = fakeCore({
    list_shops: () => [fakeCard()],
    open_view: () => ({ handle: 1, count: 2, status_counts: [] }),
    view_rows: () => ({
      resource: 'activities',
      rows: [fakeActivity(1), fakeActivity(2, { activity_type: '13' })],
    }),
  });
  await renderWindow('/activities?types=%5B%22100%22%5D');
  const asked = () => core.callsOf('open_view').findLast(({ query }) => query.sort === 'end_time')?.query;
  await userEvent.click(await screen.findByTestId('filter-types'));
  const choices = within(await screen.findByRole('dialog'));
  await userEvent.click(await choices.findByRole('button', { name: '13' }));
  await waitFor(() => expect(asked()?.activity_types).toEqual(['100', '13']));
  await userEvent.click(choices.getByRole('button', { name: '100' }));
  await userEvent.type(choices.getByRole('textbox', { name: 'Other type…' }), '27{Enter}');
  await waitFor(() => expect(asked()?.activity_types).toEqual(['13', '27']));
  await userEvent.click(choices.getByRole('button', { name: 'Big sale' }));
  await waitFor(() => expect(asked()?.activity_types).toEqual(['13', '27', 'big_sale']));
});

test.each(['activities', 'products'] as const)(
  'a row of %s that is not here is not an empty panel',
  async (resource) => {
    fakeCore({
      list_shops: () => [fakeCard()],
      view_rows: () => ({ resource, rows: [] }),
    });
    await renderWindow(`/${resource}?row=custom%3A1%2F9`);
    expect(await screen.findByText(/^The platform no longer lists it/)).toBeVisible();
  },
);
