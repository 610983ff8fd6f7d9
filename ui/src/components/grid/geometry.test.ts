import { expect, test, vi } from 'vitest';
import {
  type Geometry,
  MAX_ROWS_RENDERED,
  MAX_SCROLL_HEIGHT,
  poolSize,
  renderedRange,
  scrollHeight,
  scrollTopFor,
  topOf,
} from './geometry';

const short: Geometry = { count: 1000, rowHeight: 40, viewport: 600 };
const million: Geometry = { count: 1_000_000, rowHeight: 40, viewport: 600 };

test('a short list is scrolled at its true height', () => {
  expect(scrollHeight(short)).toBe(40_000);
  expect(topOf(short, 10, 400)).toBe(0);
  expect(renderedRange(short, 0).first).toBe(0);
});

test('a million rows stay below what the web view can lay out, and the last one is reachable', () => {
  expect(scrollHeight(million)).toBe(MAX_SCROLL_HEIGHT);
  const end = MAX_SCROLL_HEIGHT - million.viewport;
  expect(renderedRange(million, end).last).toBe(999_999);
  expect(topOf(million, 999_999, end)).toBe(560);
  expect(scrollTopFor(million, 999_999, 0)).toBeCloseTo(end, 3);
});

test('the finer the screen, the less is scrolled, and the last row is still reachable', () => {
  vi.stubGlobal('devicePixelRatio', 3);
  const height = scrollHeight(million);
  const { last } = renderedRange(million, height - million.viewport);
  const position = scrollTopFor(million, 999_999, 0);
  vi.unstubAllGlobals();
  expect(height * 3).toBeLessThan(33_554_428);
  expect(last).toBe(999_999);
  expect(position).toBe(height - million.viewport);
});

test('at a scale a row that is scrolled to is whole, though the browser rounds by a pixel', () => {
  for (const [index, from] of [
    [500_000, 0],
    [999_000, 0],
    [500_001, 15_000_000],
    [7, 15_000_000],
  ] as const) {
    for (const rounding of [-1, 0, 1]) {
      const top = topOf(million, index, scrollTopFor(million, index, from) + rounding);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThanOrEqual(million.viewport - million.rowHeight);
    }
  }
});

test('a row in sight does not move the list', () => {
  expect(scrollTopFor(short, 14, 0)).toBe(0);
  expect(scrollTopFor(short, 15, 0)).toBe(40);
  expect(scrollTopFor(short, 3, 400)).toBe(120);
});

test('no more than fifty rows are rendered, unless more are in sight', () => {
  const rendered = (viewport: number) => {
    const { first, last } = renderedRange({ ...short, viewport }, 10_000);
    return { count: last - first + 1, below: last * 40 - 10_000 - viewport };
  };
  expect(rendered(1760).count).toBe(MAX_ROWS_RENDERED);
  expect(rendered(4000).count).toBe(105);
  for (const viewport of [1760, 1800, 2400, 4000])
    expect(rendered(viewport).below).toBeGreaterThanOrEqual(-40);
});

test('in a very tall window the last row is reached, too', () => {
  const tall = { ...million, viewport: 4000 };
  expect(renderedRange(tall, scrollHeight(tall) - tall.viewport).last).toBe(999_999);
});

test('as many rows as are rendered at once have a place of their own', () => {
  for (const viewport of [0, 39, 600, 601, 4000]) {
    const geometry = { ...short, viewport };
    let most = 0;
    for (let top = 0; top < 1000; top += 0.1) {
      const { first, last } = renderedRange(geometry, top);
      most = Math.max(most, last - first + 1);
    }
    expect(most).toBe(poolSize(geometry));
  }
});

test('an empty list renders nothing', () => {
  const { first, last } = renderedRange({ ...short, count: 0 }, 0);
  expect(last).toBeLessThan(first);
});
