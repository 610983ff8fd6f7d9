import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import type { ComponentProps } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { createClient } from '../api/client';
import type { ErrorCode } from '../bindings/ErrorCode';
import type { Failure } from '../bindings/Failure';
import { errorActions } from '../ipc/errors';
import { failure, fakeCore, type Handlers } from '../ipc/fake';
import { fakeApp, fakeCard } from '../ipc/fake-rows';
import { validateDialogSearch } from '../shell/open-dialog';
import { ErrorBox } from './error-box';
import { ToastProvider } from './toast';

const CODES = Object.keys(errorActions) as ErrorCode[];

afterEach(async () => {
  cleanup();
  await i18next.changeLanguage('en');
});

const renderBoxes = (
  codes: readonly ErrorCode[],
  shopId?: string,
  retry?: () => void,
  handlers: Handlers = {},
) => renderFailures(codes.map(failure), { shopId, on: retry && { retry } }, handlers);

async function renderFailures(
  failures: readonly Failure[],
  about: Omit<ComponentProps<typeof ErrorBox>, 'failure'> = {},
  handlers: Handlers = {},
) {
  const core = fakeCore(handlers);
  const root = createRootRoute({
    validateSearch: validateDialogSearch,
    component: () => failures.map((one) => <ErrorBox key={one.code} failure={one} {...about} />),
  });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ['/'] }) });
  render(
    <QueryClientProvider client={createClient()}>
      <ToastProvider>
        {/* biome-ignore lint/suspicious/noExplicitAny: the app's own router is registered for the types */}
        <RouterProvider router={router as any} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  const boxes = await screen.findAllByTestId('error-box');
  return { core, router, boxes };
}

test.each(['en', 'zh-CN'])(
  'in %s every code says what, why and what to do, with a button',
  async (language) => {
    await i18next.changeLanguage(language);
    const { boxes } = await renderBoxes(CODES);
    expect(boxes.map((box) => box.dataset.code)).toEqual(CODES);
    for (const box of boxes) {
      expect(box).toHaveAccessibleName();
      const sentences = [...box.querySelectorAll('p')].map((sentence) => sentence.textContent);
      expect(sentences).toHaveLength(3);
      // The core's own words are English, whatever the language: they stand among the details.
      expect(sentences.join(' '), box.dataset.code).not.toContain(failure('internal').message);
      expect(box.querySelectorAll('button').length, box.dataset.code).toBeGreaterThan(0);
    }
  },
);

test('a shop that has to be authorized again is authorized by the button', async () => {
  const { router } = await renderBoxes(['token_expired'], 'us:1');
  await userEvent.click(screen.getByRole('button', { name: 'Authorize again' }));
  await waitFor(() =>
    expect(router.state.location.search).toMatchObject({ dialog: 'authorize', again: 'us:1' }),
  );
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

test('without a shop the list of shops is offered instead', async () => {
  await renderBoxes(['token_expired']);
  expect(screen.getByRole('button', { name: 'Go to shops' })).toBeVisible();
});

test('an address that is not on the whitelist can be cured by a proxy, or tried again', async () => {
  const retry = vi.fn();
  await renderBoxes(['ip_not_allowed'], 'us:1', retry);
  expect(screen.getByRole('button', { name: 'Set a proxy' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledTimes(1);
});

test('a damaged database can be replaced by a backup, and looked at', async () => {
  const { core, router } = await renderBoxes(['database_corrupt']);
  core.answer('open_data_folder', () => null);
  await userEvent.click(screen.getByRole('button', { name: 'Open data folder' }));
  expect(core.callsOf('open_data_folder')).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Restore a backup' }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ dialog: 'restore' }));
});

test('where nothing can be done here, the details can be handed on', async () => {
  const { core } = await renderBoxes(['clock_skew']);
  await userEvent.click(screen.getByRole('button', { name: 'Copy the details' }));
  expect(core.callsOf('copy_text')).toEqual([{ text: 'clock_skew\nmade-up detail' }]);
  expect(await screen.findByText('The details were copied.')).toBeVisible();
});

test('an address that is not allowed says where and how it is added', async () => {
  const app = fakeApp({ gateway: 'eu', app_key: 'my-app' });
  const list_shops = () => [{ ...fakeCard(), app }];
  await renderBoxes(['ip_not_allowed'], 'custom:1', undefined, { list_shops });
  const help = await screen.findByTestId('whitelist-help');
  expect(help).toHaveTextContent('https://partner-eu.temu.com');
  expect(help).toHaveTextContent('my-app');
});

test('an app that no shop uses yet is told where its whitelist is, too', async () => {
  const app = fakeApp({ gateway: 'us', app_key: 'my-app' });
  await renderFailures([failure('ip_not_allowed')], { app });
  const help = await screen.findByTestId('whitelist-help');
  expect(help).toHaveTextContent('https://partner-us.temu.com');
  expect(help).toHaveTextContent('my-app');
});

test.each([
  ['en', 3_600, 'The clock of this computer is 60 min ahead'],
  ['en', -571, 'The clock of this computer is 10 min behind'],
  ['zh-CN', 3_600, '本机时间比平台快 60 分钟'],
  ['zh-CN', -571, '本机时间比平台慢 10 分钟'],
])(
  'in %s a clock that is %i s ahead is wrong by its minutes, with what to do',
  async (language, ahead, words) => {
    await i18next.changeLanguage(language);
    const { boxes } = await renderFailures([{ ...failure('clock_skew'), clock_ahead_seconds: ahead }]);
    expect(boxes[0]).toHaveTextContent(words);
    expect(boxes[0]).toHaveTextContent(i18next.t('error.clock_skew.cure'));
  },
);

test('a clock that is wrong by nobody knows how much is just wrong', async () => {
  const { boxes } = await renderFailures([{ ...failure('clock_skew'), clock_ahead_seconds: 20 }]);
  expect(boxes[0]).toHaveTextContent('more than five minutes');
});
