import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/list-view';
import type { Resource } from '../../bindings/Resource';
import type { ShopCard } from '../../bindings/ShopCard';
import { useFormat } from '../../format/use-format';
import { Button } from '../button';
import type { ColumnLayout } from '../grid/layout';
import { ColumnsMenu } from './columns-menu';
import { DateFilter } from './date-filter';
import { ManyFilter } from './filters';
import type { ListPageProps } from './list-page';
import { isFiltered, type ListSearch, WITHOUT_FILTERS } from './list-search';
import { SearchBox } from './search-box';
import { ViewsMenu } from './views-menu';

interface ListToolbarProps<R extends Resource>
  extends Pick<ListPageProps<R>, 'resource' | 'columns' | 'statuses' | 'risks'> {
  cards: readonly ShopCard[];
  search: ListSearch;
  onChange: (next: ListSearch) => void;
  layout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
  /** Keys of the columns that have room now. */
  shownColumns: string | undefined;
  count: number | undefined;
  /** Rows that came since; negative where rows went. */
  newRows: number | undefined;
  onShowNew: () => void;
}

export function ListToolbar<R extends Resource>({
  resource,
  cards,
  search,
  onChange,
  risks = [],
  ...props
}: ListToolbarProps<R>) {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = (count: number) => ({ count, number: format.number(count) });
  const chosen = search.status ?? [];
  const isRisk = (word: string) => risks.some(({ value }) => value === word);
  return (
    // biome-ignore lint/a11y/useSemanticElements: not every web view knows the search element
    <div
      role="search"
      aria-label={t('filter.label')}
      className="flex flex-wrap items-center gap-1.5 px-4 pb-2"
    >
      <SearchBox
        value={search.q ?? ''}
        placeholder={t(`filter.search_${resource}`)}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      {cards.length > 1 && (
        <ManyFilter
          label={t('filter.shops')}
          options={cards.map(({ shop }) => ({ value: shop.shop_id, label: shop.name }))}
          chosen={search.shops ?? []}
          onChange={(next) => onChange({ shops: next })}
        />
      )}
      <ManyFilter
        label={t('filter.status')}
        options={props.statuses}
        chosen={chosen.filter((word) => !isRisk(word))}
        onChange={(status) => onChange({ status })}
      />
      <DateFilter search={search} resource={resource} onChange={onChange} />
      {risks.length > 0 && (
        <ManyFilter
          label={t('filter.risk')}
          options={risks}
          chosen={chosen.filter(isRisk)}
          onChange={(status) => onChange({ status })}
        />
      )}
      {isFiltered(search) && (
        <Button
          variant="quiet"
          size="small"
          onClick={() => onChange({ ...WITHOUT_FILTERS, view: undefined })}
        >
          {t('filter.clear')}
        </Button>
      )}
      <span className="ml-auto flex items-center gap-1 text-muted">
        {props.newRows !== undefined && (
          <Button variant="quiet" size="small" className="text-accent" onClick={props.onShowNew}>
            {props.newRows > 0 ? t('list.new_rows', counted(props.newRows)) : t('list.changed')}
          </Button>
        )}
        {props.count !== undefined && (
          <span data-testid="row-count" className="px-1.5 whitespace-nowrap">
            {t('list.count', counted(props.count))}
          </span>
        )}
        <ViewsMenu resource={resource} />
        <ColumnsMenu<RowOf[R]>
          columns={props.columns}
          layout={props.layout}
          shown={props.shownColumns}
          onLayout={props.onLayout}
        />
      </span>
    </div>
  );
}
