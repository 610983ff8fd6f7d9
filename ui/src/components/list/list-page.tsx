//! The frame that orders, products and activities share: header, toolbar, grid, panel. State lives in the address.

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/list-rows';
import { useListView } from '../../api/list-view';
import { shops } from '../../api/queries';
import type { ListQuery } from '../../bindings/ListQuery';
import type { Resource } from '../../bindings/Resource';
import { ExportButton } from '../../features/export/export-button';
import { useNow } from '../../format/now';
import { useLayout, usePreference } from '../../preferences/preferences';
import { useZone } from '../../preferences/use-zone';
import { useChosenShop } from '../../shell/use-chosen-shop';
import type { Column } from '../grid/column';
import { PageHeader } from '../page-header';
import { useStable } from '../use-latest';
import { DataAge } from './data-age';
import { useAllFilterWords } from './filter-words';
import { type Kpi, KpiStrip } from './kpi-strip';
import { ListEmpty } from './list-empty';
import { ListError } from './list-error';
import { ListGrid } from './list-grid';
import { queryOf } from './list-query';
import { type ListSearch, WITHOUT_FILTERS } from './list-search';
import { ListToolbar } from './list-toolbar';
import { NewsBar } from './news-bar';
import { ShownColumns } from './shown-columns';
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
  /** How many lines a row unfolds to. */
  lineCount: (row: RowOf[R]) => number;
  /** What else can be done with the list, at the end of the toolbar. */
  tools?: ReactNode;
  /** Shows the rows of a query otherwise than in the grid. */
  instead?: ((query: ListQuery & { resource: R }) => ReactNode) | undefined;
  /** What a row is looked at in; the same function each time. */
  panel: Panel;
}

type Panel = (key: string, onClose: () => void) => ReactNode;

export function ListPage<R extends Resource>(props: ListPageProps<R>) {
  return (
    <ShownColumns>
      <Page {...props} />
    </ShownColumns>
  );
}

function Page<R extends Resource>(props: ListPageProps<R>) {
  const { resource } = props;
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const [layout, setLayout] = useLayout(resource);
  const cards = useQuery(shops).data ?? [];

  const chosenShop = useChosenShop();
  const allFilterWords = useAllFilterWords();
  const shop = chosenShop?.shop.shop_id;
  const when = { now: useNow(), zone: useZone() };
  const lastVisit = usePreference('lastVisit');
  const queryFor = (wish: ListSearch) => queryOf(resource, wish, when, { lastVisit, shop });
  const wanted = JSON.stringify(queryFor(search));
  const query = useMemo(() => JSON.parse(wanted) as ReturnType<typeof queryOf<R>>, [wanted]);
  const list = useListView(query);
  const news = useNews(resource, list.view, list.adopt);
  const shown = list.view?.shown;
  const chosen =
    query.shops.length > 0 ? cards.filter((card) => query.shops.includes(card.shop.shop_id)) : cards;

  const body = () => {
    if (list.error) return <ListError error={list.error} onRetry={list.reopen} />;
    if (!shown) return null;
    if (shown.count === 0) {
      const words = allFilterWords(resource, search, [...(props.risks ?? []), ...props.statuses], cards);
      return (
        <ListEmpty
          resource={resource}
          cards={chosen}
          filters={words}
          onClear={() => change({ ...WITHOUT_FILTERS, view: undefined })}
        />
      );
    }
    if (props.instead) return props.instead(query);
    return (
      <ListGrid
        {...props}
        query={query}
        reopen={list.reopen}
        shown={shown}
        layout={layout}
        onLayout={setLayout}
      />
    );
  };

  return (
    <div className="relative flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col bg-surface">
        <PageHeader
          title={t(`nav.${resource}`)}
          strip={
            <KpiStrip
              kpis={props.kpis}
              counts={list.view?.latest.status_counts}
              isPending={!list.view && !list.error}
              queryOf={queryFor}
            />
          }
          end={
            <>
              <DataAge cards={chosen} resource={resource} />
              <ExportButton resource={resource} view={shown} />
            </>
          }
        />
        <ListToolbar
          {...props}
          cards={chosenShop && !search.shops ? [] : cards}
          search={search}
          onChange={change}
          layout={layout}
          onLayout={setLayout}
          count={shown?.count}
          news={news && <NewsBar news={news} onRefresh={() => void list.adopt()} />}
        />
        <ViewTabs resource={resource} />
        <div className="relative flex min-h-0 flex-1 flex-col border-t border-line">{body()}</div>
      </div>
      <RowPanel row={search.row} panel={props.panel} onClose={() => change({ row: undefined })} />
    </div>
  );
}

interface RowPanelProps {
  row: string | undefined;
  panel: Panel;
  onClose: () => void;
}

/** The row is marked first; its panel follows when that is painted, so that neither waits for the other. */
function RowPanel({ row, panel, onClose }: RowPanelProps) {
  const shown = useDeferredValue(row, undefined);
  const close = useStable(onClose);
  return useMemo(() => shown !== undefined && panel(shown, close), [shown, panel, close]);
}
