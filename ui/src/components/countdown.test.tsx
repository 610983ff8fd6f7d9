import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Countdown } from './countdown';

const NOW = 1_800_000_000;
const HOUR = 3600;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW * 1000, toFake: ['Date'] });
});
afterEach(async () => {
  cleanup();
  vi.useRealTimers();
  await i18next.changeLanguage('en');
});

test.each([
  ['en', 6 * HOUR + 720, 'soon', '6 h 12 min', /^6 h 12 min left, until Jan/],
  ['zh-CN', 6 * HOUR + 720, 'soon', '6 小时 12 分', /^还剩 6 小时 12 分，/],
  ['en', 30 * HOUR, 'calm', '30 h 0 min', /left/],
  ['en', -2 * HOUR, 'late', '2 h 0 min late', /^2 h 0 min late/],
  ['zh-CN', -2 * HOUR, 'late', '逾期 2 小时 0 分', /^已逾期 2 小时 0 分/],
] as const)('in %s, %d s away, it is %s and reads %s', async (language, away, urgency, words, spoken) => {
  await i18next.changeLanguage(language);
  render(<Countdown deadline={NOW + away} />);
  const timer = screen.getByRole('timer', { name: spoken });
  expect(timer).toHaveAttribute('data-urgency', urgency);
  expect(timer).toHaveTextContent(words);
  expect(timer.querySelector('svg')).toHaveAttribute('aria-hidden', 'true');
});
