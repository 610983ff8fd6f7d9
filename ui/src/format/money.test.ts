import { expect, test } from 'vitest';
import { formatAmount } from './money';

test.each([
  ['USD', 129950, '1,299.50'],
  ['JPY', 1299, '1,299'],
  ['KWD', 1299, '1.299'],
  ['USD', -5, '-0.05'],
  ['USD', 0, '0.00'],
])('%s %d reads %s', (currency, minor, text) => {
  expect(formatAmount({ minor, currency }, 'en')).toBe(text);
});
