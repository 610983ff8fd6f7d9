import { expect, test } from 'vitest';
import { orderNumbersIn } from './order-numbers';

test('numbers are found whatever stands between them, each once', () => {
  expect(
    orderNumbersIn('PO-211-1190000000000000\r\nPO-211-1190000007919333\n\nPO-211-1190000000000000'),
  ).toEqual(['PO-211-1190000000000000', 'PO-211-1190000007919333']);
  expect(orderNumbersIn('211-11900001，211-11900002、211-11900003')).toHaveLength(3);
});

test('a single number and a title are searched for as they are', () => {
  expect(orderNumbersIn('PO-211-1190000000000000')).toBeUndefined();
  expect(orderNumbersIn('LED Desk Lamp 750 ml')).toBeUndefined();
  expect(orderNumbersIn('PO-211-1190000000000000 lamp')).toBeUndefined();
});

test('the ends of numbers are numbers, too', () => {
  expect(orderNumbersIn('4711 08154')).toEqual(['4711', '08154']);
  expect(orderNumbersIn('LED 4711')).toBeUndefined();
});
