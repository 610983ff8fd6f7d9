//! The frame that orders, products and activities share: header, toolbar, grid, panel. State lives in the address.

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useListView } from '../../api/list-view';
import { shops } from '../../api/queries';
import type { Resource } from '../../bindings/Resource';
import { useNow } from '../../format/now';
import { toFailure } from '../../ipc/errors';
import { lastVisit } from '../../preferences/last-visit';
import { useLayout } from '../../preferences/preferences';
import { ErrorBox } from '../error-box';
import type { Column } from '../grid/column';
import { PageHeader } from '../page-header';
import { DataAge } from './data-age';
import { filterWords } from './filter-words';
import { type Kpi, KpiStrip } from './kpi-strip';
import { ListEmpty } from './list-empty';
import { ListGrid } from './list-grid';
import { queryOf, WITHOUT_FILTERS } from './list-search';
import { ListToolbar } from './list-toolbar';
import { useListSearch } from './use-list-search';
import { useNews } from './use-news';
import { ViewTabs } from './view-tabs';

export interface StatusOption {
  value: string;
  label: string;
}

export interface ListPageProps<R extends Resource> {
  resource: R;
  columns: readonly Column<RowOf[R]>[];
  kpis: readonly Kpi[];
  statuses: readonly StatusOption[];
  /** Statuses that say how pressing a deadline is; they are chosen apart from the others. */
  risks?: readonly StatusOption[];
  keyOf: (row: RowOf[R]) => string;
  idOf: (row: RowOf[R]) => string;
  panel: (key: string, onClose: () => void) => ReactNode;
}

export function ListPage<R extends Resource>(props: ListPageProps<R>) {
  const { resource } = props;
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const [layout, setLayout] = useLayout(resource);
  const [shownColumns, setShownColumns] = useState<string>();
  const cards = useQuery(shops).data ?? [];

  const wanted = JSON.stringify(queryOf(resource, search, useNow(), lastVisit()));
  const query = useMemo(() => JSON.parse(wanted) as ReturnType<typeof queryOf<R>>, [wanted]);
  const list = useListView(query);
  const news = useNews(list.view, list.adopt);
  const shown = list.view?.shown;
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
      const words = filterWords(t, search, [...(props.risks ?? []), ...props.statuses], cards);
      return (
        <ListEmpty
          resource={resource}
          cards={chosen}
          filters={words}
          onClear={() => change({ ...WITHOUT_FILTERS, view: undefined })}
        />
      );
    }
    return (
      <ListGrid
        {...props}
        query={query}
        list={list}
        shown={shown}
        layout={layout}
        onLayout={setLayout}
        onHold={news.onHold}
        onAtTop={news.onAtTop}
        onColumns={setShownColumns}
      />
    );
  };

  return (
    <div className="relative flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col bg-surface">
        <PageHeader
          title={t(`nav.${resource}`)}
          strip={<KpiStrip kpis={props.kpis} counts={list.view?.latest.status_counts} />}
          end={<DataAge cards={chosen} resource={resource} />}
        />
        <ListToolbar
          {...props}
          cards={cards}
          search={search}
          onChange={change}
          layout={layout}
          onLayout={setLayout}
          shownColumns={shownColumns}
          count={shown?.count}
          newRows={news.waiting}
          onShowNew={() => void list.adopt()}
        />
        <ViewTabs resource={resource} />
        <div className="relative flex min-h-0 flex-1 flex-col border-t border-line">{body()}</div>
      </div>
      {search.row !== undefined && props.panel(search.row, () => change({ row: undefined }))}
    </div>
  );
}
