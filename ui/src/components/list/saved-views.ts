//! Views: a list's filters and order under a name. The built-in ones leave the columns alone, the seller's keep theirs.

import type { Resource } from '../../bindings/Resource';
import { type ColumnLayout, readLayout } from '../grid/layout';
import { filtersOf, type ListSearch, TO_SHIP, validateListSearch } from './list-search';

export interface SavedView {
  id: string;
  resource: Resource;
  name: string;
  search: ListSearch;
  layout: ColumnLayout;
}

/** Names of the built-in views; their words are in the catalogue under `view.{name}`. */
export const BUILT_IN = {
  orders: {
    due_soon: { status: ['due_soon'] },
    overdue: { status: ['overdue'] },
    to_ship: { status: [...TO_SHIP] },
    canceled: { status: ['canceled'] },
    new_since_visit: { dates: 'since_visit' },
  },
  products: {
    on_sale: { status: ['active'] },
    not_published: { status: ['incomplete'] },
  },
  activities: {
    available: { enroll: 'from_now', joined: false, sort: 'enroll_deadline' },
    joined: { joined: true },
    running: { status: ['running'] },
    upcoming: { status: ['upcoming'] },
  },
} as const satisfies Record<Resource, Record<string, ListSearch>>;

export type BuiltInName = { [R in Resource]: keyof (typeof BUILT_IN)[R] }[Resource];

export const builtInViews = (resource: Resource): [BuiltInName, ListSearch][] =>
  Object.entries(BUILT_IN[resource]) as [BuiltInName, ListSearch][];

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export const showsView = (search: ListSearch, view: ListSearch): boolean =>
  same(filtersOf(search), filtersOf(view));

/** Whether filters, order or columns are no longer those of the view. */
export const isChanged = (view: SavedView, search: ListSearch, layout: ColumnLayout): boolean =>
  !showsView(search, view.search) || !same(view.layout, layout);

export function readViews(stored: unknown): SavedView[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((view: Partial<SavedView> | null) => {
    const resource = (Object.keys(BUILT_IN) as Resource[]).find((name) => name === view?.resource);
    if (!view || !resource || typeof view.id !== 'string' || typeof view.name !== 'string') return [];
    const search = filtersOf(validateListSearch(resource)({ ...view.search }));
    return [{ id: view.id, resource, name: view.name, search, layout: readLayout(view.layout) }];
  });
}
