import { renderHook } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, expect, test } from 'vitest';
import { useFormat } from './use-format';

afterEach(() => i18next.changeLanguage('en'));

test.each([
  ['en', 'just now', 'Updated just now'],
  ['zh-CN', '刚刚', '刚刚更新'],
])('in %s an age of less than a minute has its own word', async (language, word, sentence) => {
  await i18next.changeLanguage(language);
  const format = renderHook(useFormat).result.current;
  for (const seconds of [0, 59, -20]) expect(format.relative(format.now - seconds)).toBe(word);
  expect(i18next.t('list.complete_through', { time: word })).toBe(sentence);
  expect(format.relative(format.now - 60)).not.toBe(word);
});

test('a share is rounded down, so that nothing is whole before it is', () => {
  const { percent } = renderHook(useFormat).result.current;
  expect([0.004, 0.62, 0.999, 1].map(percent)).toEqual(['0%', '62%', '99%', '100%']);
});
