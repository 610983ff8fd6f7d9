import { expect, test } from 'vitest';
import { formatBytes } from './bytes';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1449, '1.4 kB'],
  [31_400_000, '31 MB'],
  [1_440_000_000, '1.4 GB'],
  [5e15, '5,000 TB'],
])('%d bytes read %s', (bytes, words) => {
  expect(formatBytes(bytes, 'en')).toBe(words);
  expect(formatBytes(bytes, 'zh-CN')).toBe(words);
});
