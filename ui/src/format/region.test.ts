import { expect, test } from 'vitest';
import { formatRegion } from './region';

test('a number becomes a country in the language', () => {
  expect(formatRegion('211', 'en')).toBe('United States');
  expect(formatRegion('128', 'zh-CN')).toBe('墨西哥');
});

test('what is not known is shown as it is', () => {
  expect(formatRegion('9999', 'en')).toBe('9999');
  expect(formatRegion('EU', 'en')).toBe('EU');
  expect(formatRegion(null, 'en')).toBeNull();
});
