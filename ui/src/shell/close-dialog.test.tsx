import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { fakeCore } from '../ipc/fake';
import { fakeCard } from '../ipc/fake-rows';
import { renderWindow } from '../testing/render-window';

async function askedToClose() {
  const core = fakeCore({ list_shops: () => [fakeCard()], answer_close: () => null });
  await renderWindow('/settings');
  await screen.findByTestId('setting-language');
  await core.askToClose();
  await screen.findByTestId('close-question');
  return core;
}

test.each([
  ['close-keep-syncing', 'keep_syncing'],
  ['close-quit', 'quit'],
])('%s is remembered', async (button, answer) => {
  const core = await askedToClose();
  await userEvent.click(screen.getByTestId(button));
  expect(core.callsOf('answer_close')).toEqual([{ answer, remember: true }]);
  await waitFor(() => expect(screen.queryByTestId('close-question')).not.toBeInTheDocument());
});

test('an answer may be for this time only', async () => {
  const core = await askedToClose();
  await userEvent.click(screen.getByTestId('close-remember'));
  await userEvent.click(screen.getByTestId('close-quit'));
  expect(core.callsOf('answer_close')).toEqual([{ answer: 'quit', remember: false }]);
});

test('Esc leaves the window open, and that is not remembered', async () => {
  const core = await askedToClose();
  await userEvent.keyboard('{Escape}');
  expect(core.callsOf('answer_close')).toEqual([{ answer: 'ask', remember: false }]);
});
