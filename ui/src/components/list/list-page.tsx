//! The frame that orders, products and activities share: toolbar, grid, panel. State lives in the address.

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListView, type RowOf, useListView } from '../../api/list-view';
import { useCopy } from '../../api/mutations';
import { shops } from '../../api/queries';
import type { Resource } from '../../bindings/Resource';
import type { ViewOpened } from '../../bindings/ViewOpened';
import { useNow } from '../../format/now';
import { toFailure } from '../../ipc/errors';
import { ErrorBox } from '../error-box';
import type { Column } from '../grid/column';
import { DataGrid } from '../grid/data-grid';
import { useLatest } from '../use-latest';
import { filterWords } from './filter-words';
import { ListEmpty } from './list-empty';
import { type ListSearch, queryOf, WITHOUT_FILTERS } from './list-search';
import { ListToolbar } from './list-toolbar';

export interface StatusOption {
  value: string;
  label: string;
}

interface ListPageProps<R extends Resource> {
  resource: R;
  columns: readonly Column<RowOf[R]>[];
  statuses: readonly StatusOption[];
  keyOf: (row: RowOf[R]) => string;
  idOf: (row: RowOf[R]) => string;
  /** Stands between title and filters; gets the newest counts per status. */
  strip?: (latest: ViewOpened | undefined) => ReactNode;
  panel: (key: string, onClose: () => void) => ReactNode;
}

/** The search of the list page that is shown, and how to change a part of it. */
export function useListSearch() {
  const search: ListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (next: ListSearch) =>
      void navigate({ to: '.', search: (previous) => ({ ...previous, ...next }), replace: true }),
    [navigate],
  );
  return { search, change };
}

export function ListPage<R extends Resource>(props: ListPageProps<R>) {
  const { resource, keyOf, idOf } = props;
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const cards = useQuery(shops).data ?? [];
  const copy = useCopy();

  const wanted = JSON.stringify(queryOf(resource, search, useNow()));
  const query = useMemo(() => JSON.parse(wanted) as ReturnType<typeof queryOf<R>>, [wanted]);
  const list = useListView(query);
  const shown = list.view?.shown;
  const news = useNews(list.view, list.adopt);
  const chosen = search.shops ? cards.filter((card) => search.shops?.includes(card.shop.shop_id)) : cards;

  const body = () => {
    if (list.error) {
      return (
        <div className="mx-auto w-full max-w-[560px] p-6">
          <ErrorBox failure={toFailure(list.error)} on={{ retry: list.reopen }} />
        </div>
      );
    }
    if (!shown) return null;
    if (shown.count === 0) {
      const filters = filterWords(t, search, props.statuses, cards);
      return (
        <ListEmpty
          resource={resource}
          cards={chosen}
          filters={filters}
          onClear={() => change(WITHOUT_FILTERS)}
        />
      );
    }
    return (
      <DataGrid
        key={wanted}
        label={t(`nav.${resource}`)}
        count={shown.count}
        columns={props.columns}
        rowAt={list.rowAt}
        keyOf={keyOf}
        selectedKey={search.row}
        sort={query.sort}
        descending={query.descending}
        onSort={(sort, desc) => change({ sort, desc })}
        onVisible={list.onVisible}
        onAtTop={news.onAtTop}
        onOpen={(row) => change({ row: keyOf(row) })}
        onCopy={(row) => copy(idOf(row))}
      />
    );
  };

  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col bg-surface">
        <ListToolbar
          resource={resource}
          cards={cards}
          chosen={chosen}
          statuses={props.statuses}
          search={search}
          onChange={change}
          count={shown?.count}
          newRows={news.waiting}
          onShowNew={() => void list.adopt()}
        >
          {props.strip?.(list.view?.latest)}
        </ListToolbar>
        <div className="flex min-h-0 flex-1 flex-col border-t border-line">{body()}</div>
      </div>
      {search.row !== undefined && props.panel(search.row, () => change({ row: undefined }))}
    </div>
  );
}

/** What came since the list was opened: taken in while its first row is in sight, else offered. */
function useNews(view: ListView | undefined, adopt: () => Promise<void>) {
  const [atTop, setAtTop] = useState(true);
  const isNews = view !== undefined && view.latest.handle !== view.shown.handle;
  const takeNow = isNews && (atTop || view.shown.count === 0);
  const latest = view?.latest.handle;
  const newestAdopt = useLatest(adopt);
  useEffect(() => {
    if (takeNow && latest !== undefined) void newestAdopt.current();
  }, [takeNow, latest, newestAdopt]);
  const difference = isNews && !takeNow ? view.latest.count - view.shown.count : 0;
  return { waiting: difference === 0 ? undefined : difference, onAtTop: setAtTop };
}
