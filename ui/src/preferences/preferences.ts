//! What this window remembers between starts: how things are laid out, never what the shops' data say.
//! It lives in the web view's local storage, one entry per profile; no other module reads that.

import { useSyncExternalStore } from 'react';
import type { Resource } from '../bindings/Resource';
import type { ShopId } from '../bindings/ShopId';
import { type ColumnLayout, readLayout } from '../components/grid/layout';
import { readViews, type SavedView } from '../components/list/saved-views';
import { isZone } from '../format/zone';
import { type ExportChoice, readExportChoice } from './export-choice';

export const PANEL_WIDTH = { least: 300, usual: 380, most: 720 } as const;

export interface Preferences {
  rail: 'wide' | 'folded';
  density: 'comfortable' | 'compact';
  /** The zone of days and times, an IANA name; `null` for the system's. */
  zone: string | null;
  /** Width of the side panel in px. */
  panelWidth: number;
  layouts: Record<Resource, ColumnLayout>;
  exports: Record<Resource, ExportChoice>;
  views: readonly SavedView[];
  /** The shop that the whole window is about; `null` for all. */
  shop: ShopId | null;
  /** The currency that amounts were filtered in last, an ISO code. */
  currency: string;
  /** The page that was shown last, and the filters that each page was left with. */
  place: { page: string; searches: Record<string, object> };
  /** When this window was last in use, in UTC seconds; `null` before the second visit. */
  lastUse: number | null;
  /** When the visit before this one ended, in UTC seconds; `null` on the first. */
  lastVisit: number | null;
}

export const RESOURCES: readonly Resource[] = ['orders', 'products', 'activities'];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export const clampPanelWidth = (width: number): number =>
  Math.round(Math.max(PANEL_WIDTH.least, Math.min(PANEL_WIDTH.most, width)));

function readPlace(stored: unknown): Preferences['place'] {
  if (!isRecord(stored) || !isRecord(stored.searches)) return { page: '/', searches: {} };
  const searches = Object.entries(stored.searches).filter((entry): entry is [string, object] =>
    isRecord(entry[1]),
  );
  return {
    page: typeof stored.page === 'string' ? stored.page : '/',
    searches: Object.fromEntries(searches),
  };
}

/** Whatever was stored, by whichever version, as preferences that can be used. */
export function readPreferences(text: string | null): Preferences {
  let stored: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (isRecord(parsed)) stored = parsed;
  } catch {
    // Not ours to repair: the usual layout is used.
  }
  const layouts = isRecord(stored.layouts) ? stored.layouts : {};
  const exports = isRecord(stored.exports) ? stored.exports : {};
  return {
    rail: stored.rail === 'folded' ? 'folded' : 'wide',
    density: stored.density === 'compact' ? 'compact' : 'comfortable',
    zone: isZone(stored.zone) ? stored.zone : null,
    panelWidth: clampPanelWidth(
      typeof stored.panelWidth === 'number' ? stored.panelWidth : PANEL_WIDTH.usual,
    ),
    layouts: {
      orders: readLayout(layouts.orders),
      products: readLayout(layouts.products),
      activities: readLayout(layouts.activities),
    },
    exports: {
      orders: readExportChoice(exports.orders),
      products: readExportChoice(exports.products),
      activities: readExportChoice(exports.activities),
    },
    views: readViews(stored.views),
    shop: typeof stored.shop === 'string' ? stored.shop : null,
    currency: typeof stored.currency === 'string' ? stored.currency : 'USD',
    place: readPlace(stored.place),
    lastUse: typeof stored.lastUse === 'number' ? stored.lastUse : null,
    lastVisit: typeof stored.lastVisit === 'number' ? stored.lastVisit : null,
  };
}

let entry = 'seller-desk';
let read: { text: string | null; preferences: Preferences } | undefined;
const listeners = new Set<() => void>();

/** Saved views name shops, so each profile has an entry of its own. */
export function keepPreferencesOf(profile: string): void {
  const next = `seller-desk:${profile}`;
  if (next === entry) return;
  entry = next;
  for (const listener of listeners) listener();
}

export function preferences(): Preferences {
  const text = localStorage.getItem(entry);
  if (!read || read.text !== text) read = { text, preferences: readPreferences(text) };
  return read.preferences;
}

export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  const now = preferences();
  const text = JSON.stringify({ ...now, [name]: value });
  localStorage.setItem(entry, text);
  // The others stay the same objects: nothing is drawn anew for them.
  read = { text, preferences: { ...now, [name]: readPreferences(text)[name] } };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useSyncExternalStore(subscribe, () => preferences()[name]);
}

export function useLayout(resource: Resource): readonly [ColumnLayout, (next: ColumnLayout) => void] {
  const layouts = usePreference('layouts');
  return [
    layouts[resource],
    (next) => setPreference('layouts', { ...preferences().layouts, [resource]: next }),
  ];
}
