//! The window's clock: it ticks every half minute, for all count-downs at once.

import { useSyncExternalStore } from 'react';

const TICK_MILLISECONDS = 30_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = read();

function read(): number {
  return Math.floor(Date.now() / 1000);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    current = read();
    timer = setInterval(() => {
      current = read();
      for (const notify of listeners) notify();
    }, TICK_MILLISECONDS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** Local time in UTC seconds, at most half a minute old. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => current);
}
