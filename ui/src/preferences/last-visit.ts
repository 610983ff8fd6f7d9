//! When the seller was here before: new orders are new since then.

import { preferences, setPreference } from './preferences';

const MINUTE_MILLISECONDS = 60_000;

let before: number | null = null;

/** The end of the visit before this one, in UTC seconds; `null` on the first. */
export const lastVisit = (): number | null => before;

/** Begins a visit. Called once, as soon as it is known whose preferences these are. */
export function beginVisit(): void {
  before = preferences().lastUse;
}

/** Keeps the end of the visit up to date while the window is open. Returns what ends that. */
export function noteVisit(): () => void {
  const note = () => setPreference('lastUse', Math.floor(Date.now() / 1000));
  note();
  const timer = setInterval(note, MINUTE_MILLISECONDS);
  return () => clearInterval(timer);
}
