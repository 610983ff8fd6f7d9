import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/list-rows';
import type { Resource } from '../../bindings/Resource';
import type { ShipRisk } from '../../bindings/ShipRisk';
import type { ShopCard } from '../../bindings/ShopCard';
import { useFormat } from '../../format/use-format';
import { Button } from '../button';
import type { ColumnLayout } from '../grid/layout';
import { ColumnsMenu } from './columns-menu';
import { DateChoice, PRESETS_OF, useWishWords } from './date-filter';
import { FilterChip, ManyFilter } from './filters';
import type { ListPageProps } from './list-page';
import { isFiltered, type ListSearch, WITHOUT_FILTERS } from './list-search';
import { MoreFilters } from './more-filters';
import { SearchBox } from './search-box';
import { ViewsMenu } from './views-menu';

const DATES = {
  orders: PRESETS_OF.visits,
  products: PRESETS_OF.past,
  activities: [...PRESETS_OF.coming, ...PRESETS_OF.past],
} as const;

interface ListToolbarProps<R extends Resource>
  extends Pick<ListPageProps<R>, 'resource' | 'columns' | 'statuses' | 'risks' | 'tools'> {
  /** The shops to choose among; none where the whole window is about one. */
  cards: readonly ShopCard[];
  search: ListSearch;
  onChange: (next: ListSearch) => void;
  layout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
  count: number | undefined;
  /** What came since the list was opened, to be shown on demand. */
  news: ReactNode;
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
  const wishWords = useWishWords();
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
        numbers={search.numbers}
        onNumbers={resource === 'orders' ? (numbers) => onChange({ numbers }) : undefined}
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
      <FilterChip
        testId="filter-dates"
        words={search.dates ? wishWords(search.dates) : t('filter.date')}
        active={search.dates !== undefined}
        onClear={() => onChange({ dates: undefined })}
      >
        <DateChoice
          value={search.dates}
          presets={DATES[resource]}
          onChange={(dates) => onChange({ dates })}
        />
      </FilterChip>
      {risks.length > 0 && (
        <ManyFilter
          label={t('filter.risk')}
          options={risks}
          chosen={search.risk ?? []}
          onChange={(next) => onChange({ risk: next as ShipRisk[] | undefined })}
        />
      )}
      <MoreFilters resource={resource} search={search} onChange={onChange} />
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
        {props.news}
        {props.count !== undefined && (
          <span data-testid="row-count" className="px-1.5 whitespace-nowrap">
            {t('list.count', { count: props.count, number: format.number(props.count) })}
          </span>
        )}
        {props.tools}
        <ViewsMenu resource={resource} />
        <ColumnsMenu<RowOf[R]> columns={props.columns} layout={props.layout} onLayout={props.onLayout} />
      </span>
    </div>
  );
}
