//! Where rows are. Web views lay nothing out beyond 33,554,428 px, so very long lists are scrolled at a scale.

/** Below 2^24, so that a scroll position stays exact to the pixel in single precision. */
export const MAX_SCROLL_HEIGHT = 16_000_000;
/** Chromium lays out in the screen's pixels: a zoomed page, or one on a fine screen, reaches less far. */
const MAX_SCREEN_PIXELS = 32_000_000;
/** More rows are rendered only where more are in sight. */
export const MAX_ROWS_RENDERED = 50;
const OVERSCAN = 4;

export interface Geometry {
  count: number;
  rowHeight: number;
  /** Height of the visible part of the rows. */
  viewport: number;
}

/** Height of what is scrolled. */
export function scrollHeight({ count, rowHeight }: Geometry): number {
  return Math.min(count * rowHeight, MAX_SCROLL_HEIGHT, Math.floor(MAX_SCREEN_PIXELS / devicePixelRatio));
}

const scrollRange = (geometry: Geometry): number => scrollHeight(geometry) - geometry.viewport;

function scale(geometry: Geometry): number {
  const range = scrollRange(geometry);
  if (range <= 0) return 1;
  return (geometry.count * geometry.rowHeight - geometry.viewport) / range;
}

/** How far into the list's true height a scroll position is. */
export function offsetAt(geometry: Geometry, scrollTop: number): number {
  return scrollTop * scale(geometry);
}

/** Where to draw a row, from the top of the visible part. */
export function topOf(geometry: Geometry, index: number, scrollTop: number): number {
  return Math.round(index * geometry.rowHeight - offsetAt(geometry, scrollTop));
}

/** Rows keep their places in a block of so many, and a block is moved as a whole: what is scrolled past is not drawn anew. */
const BLOCK = 1000;

/** Where the block of a row begins. */
export const blockOf = (index: number): number => index - (index % BLOCK);

/** First and last row to render, both included; `last` is -1 in an empty list. */
export function renderedRange(geometry: Geometry, scrollTop: number): { first: number; last: number } {
  const offset = offsetAt(geometry, scrollTop);
  const first = Math.max(0, Math.floor(offset / geometry.rowHeight) - OVERSCAN);
  const end = Math.ceil((offset + geometry.viewport) / geometry.rowHeight) + OVERSCAN;
  return { first, last: Math.min(geometry.count, end, first + poolSize(geometry)) - 1 };
}

/** The most rows that are rendered at once. */
export function poolSize({ rowHeight, viewport }: Geometry): number {
  const toTheLastInSight = Math.ceil(viewport / rowHeight) + 1 + OVERSCAN;
  return Math.min(toTheLastInSight + OVERSCAN, Math.max(MAX_ROWS_RENDERED, toTheLastInSight));
}

/** The scroll position that makes a row visible with the least movement. */
export function scrollTopFor(geometry: Geometry, index: number, scrollTop: number): number {
  const factor = scale(geometry);
  // Browsers round a scroll position, beyond 2^23 px by up to one px: at a scale that would cut the row.
  const spare = factor > 1 ? 1 : 0;
  const offset = offsetAt(geometry, scrollTop);
  const top = index * geometry.rowHeight;
  const lowest = top + geometry.rowHeight - geometry.viewport;
  if (top < offset) return Math.max(0, Math.floor(top / factor) - spare);
  if (lowest > offset) return Math.min(scrollRange(geometry), Math.ceil(lowest / factor) + spare);
  return scrollTop;
}

/** How many rows Page Down moves. */
export function pageLength({ viewport, rowHeight }: Geometry): number {
  return Math.max(1, Math.floor(viewport / rowHeight) - 1);
}
