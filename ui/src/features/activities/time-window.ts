//! Where the windows of an activity lie on a strip of days.

import type { Activity } from '../../bindings/Activity';
import { startOfDay } from '../../format/zone';

/** Days before today that a strip begins with, and how many it has. */
const DAYS_BEFORE = 7;
const DAYS = 42;

export interface Strip {
  /** First second, and the first one after. */
  from: number;
  to: number;
  now: number;
  /** The first seconds of its weeks. */
  weeks: readonly number[];
}

export function stripAt(now: number, zone: string): Strip {
  const start = (day: number) => startOfDay(now, zone, DAYS_BEFORE - day);
  const weeks = Array.from({ length: DAYS / 7 }, (_, week) => start(7 * week));
  return { from: start(0), to: start(DAYS), now, weeks };
}

/** In percent of the strip's width. */
export interface Bar {
  left: number;
  width: number;
}

export const placeOf = ({ from, to }: Strip, time: number): number =>
  (100 * (Math.min(Math.max(time, from), to) - from)) / (to - from);

/** An end that is not known lies beyond the strip; nothing for a window outside of it. */
function barOf(strip: Strip, start: number | null, end: number | null): Bar | undefined {
  if ((start ?? strip.from) >= strip.to || (end ?? strip.to) <= strip.from) return undefined;
  const left = placeOf(strip, start ?? strip.from);
  return { left, width: placeOf(strip, end ?? strip.to) - left };
}

export const runOf = (strip: Strip, { start_time, end_time }: Activity): Bar | undefined =>
  start_time === null && end_time === null ? undefined : barOf(strip, start_time, end_time);

/** From now until sign-up ends; nothing where it is over, or where the shop has joined. */
export function signUpOf(strip: Strip, { enroll_deadline, joined }: Activity): Bar | undefined {
  if (joined || enroll_deadline === null || enroll_deadline <= strip.now) return undefined;
  return barOf(strip, strip.now, enroll_deadline);
}
