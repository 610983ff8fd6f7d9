import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

/** A reference that always holds the newest value, for subscriptions that outlive a render. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** A function that stays the same and does what the newest one does, for components that are drawn anew only when they change. */
export function useStable<Parameters extends unknown[], Result>(
  act: (...parameters: Parameters) => Result,
): (...parameters: Parameters) => Result {
  const latest = useLatest(act);
  return useCallback((...parameters) => latest.current(...parameters), [latest]);
}
