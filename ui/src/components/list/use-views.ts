//! The views of a list page: which one is shown, and what can be done with it.

import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import { preferences, setPreference, useLayout, usePreference } from '../../preferences/preferences';
import { useToast } from '../toast';
import { filtersOf, type ListSearch, WITHOUT_FILTERS } from './list-search';
import { isChanged, type SavedView } from './saved-views';
import { useListSearch } from './use-list-search';

const store = (views: readonly SavedView[]) => setPreference('views', views);

export function useViews(resource: Resource) {
  const { t } = useTranslation();
  const toast = useToast();
  const { search, change } = useListSearch();
  const [layout, setLayout] = useLayout(resource);
  const own = usePreference('views').filter((view) => view.resource === resource);
  const current = own.find((view) => view.id === search.view);

  const show = (next: ListSearch, view?: string) =>
    change({ ...WITHOUT_FILTERS, sort: undefined, desc: undefined, row: undefined, ...next, view });

  return {
    own,
    current,
    isChanged: current !== undefined && isChanged(current, search, layout),
    show: (view: SavedView) => {
      setLayout(view.layout);
      show(view.search, view.id);
    },
    showBuiltIn: (next: ListSearch) => show(next),
    save: (name: string) => {
      const view = { id: Date.now().toString(36), resource, name, search: filtersOf(search), layout };
      store([...preferences().views, view]);
      change({ view: view.id });
    },
    update: (view: SavedView) => {
      const next = { ...view, search: filtersOf(search), layout };
      store(preferences().views.map((one) => (one.id === view.id ? next : one)));
    },
    rename: (view: SavedView, name: string) =>
      store(preferences().views.map((one) => (one.id === view.id ? { ...one, name } : one))),
    remove: (view: SavedView) => {
      const before = preferences().views;
      store(before.filter((one) => one.id !== view.id));
      toast.undo(t('views.removed', { name: view.name }), () => store(before));
    },
  };
}

/** Shows a list page with a view's filters, from any page. */
export function useOpenView() {
  const navigate = useNavigate();
  return (resource: Resource, search: ListSearch, view?: SavedView) => {
    if (view) setPreference('layouts', { ...preferences().layouts, [resource]: view.layout });
    void navigate({ to: `/${resource}`, search: { ...search, view: view?.id } });
  };
}
