import { useSyncExternalStore } from 'react';
import { preferences, setPreference, usePreference } from '../preferences/preferences';

/** Below this width, as in a window zoomed to 200 %, the rail is always folded. */
const narrow = window.matchMedia('(max-width: 860px)');

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

export function toggleFold(): void {
  setPreference('rail', preferences().rail === 'folded' ? 'wide' : 'folded');
}

/** Whether the rail shows icons only. */
export function useFold() {
  const isNarrow = useSyncExternalStore(subscribe, () => narrow.matches);
  const rail = usePreference('rail');
  return { folded: isNarrow || rail === 'folded', canToggle: !isNarrow, toggle: toggleFold };
}
