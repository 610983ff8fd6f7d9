//! When the seller was here before: what came since then is new.

import { onEvent } from '../ipc/events';
import { preferences, setPreference } from './preferences';

const MINUTE_MILLISECONDS = 60_000;

/** Begins a visit: as soon as it is known whose preferences these are, and when a window that was closed is back. */
export function beginVisit(): void {
  setPreference('lastVisit', preferences().lastUse);
}

/** Keeps the end of the visit up to date while the window is on the screen. Returns what ends that. */
export function noteVisit(): () => void {
  const note = () => setPreference('lastUse', Math.floor(Date.now() / 1000));
  const noteWhileSeen = () => {
    if (!document.hidden) note();
  };
  const noteTheEnd = () => {
    if (document.hidden) note();
  };
  noteWhileSeen();
  const timer = setInterval(noteWhileSeen, MINUTE_MILLISECONDS);
  document.addEventListener('visibilitychange', noteTheEnd);
  const listening = onEvent('window-reopened', beginVisit);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', noteTheEnd);
    void listening.then((stop) => stop());
  };
}
