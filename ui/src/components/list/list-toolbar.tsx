import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import type { ShopCard } from '../../bindings/ShopCard';
import { useFormat } from '../../format/use-format';
import { Button } from '../button';
import { DataAge } from './data-age';
import { DateFilter, ManyFilter, SearchBox } from './filters';
import type { StatusOption } from './list-page';
import { isFiltered, type ListSearch, WITHOUT_FILTERS } from './list-search';

interface ListToolbarProps {
  resource: Resource;
  cards: readonly ShopCard[];
  /** The shops that the list is about. */
  chosen: readonly ShopCard[];
  statuses: readonly StatusOption[];
  search: ListSearch;
  onChange: (next: ListSearch) => void;
  count: number | undefined;
  /** Rows that came since; negative where rows went. */
  newRows: number | undefined;
  onShowNew: () => void;
  children: ReactNode;
}

export function ListToolbar({ resource, cards, chosen, search, onChange, ...props }: ListToolbarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = (count: number) => ({ count, number: format.number(count) });
  return (
    <header className="flex flex-col gap-3 px-4 pt-3.5 pb-3">
      <div className="flex items-baseline justify-between gap-4">
        <h1 className="text-lg font-semibold">{t(`nav.${resource}`)}</h1>
        <DataAge cards={chosen} resource={resource} />
      </div>
      {props.children}
      <div className="flex flex-wrap items-center gap-2">
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
          chosen={search.status ?? []}
          onChange={(status) => onChange({ status })}
        />
        <DateFilter search={search} onChange={onChange} />
        {isFiltered(search) && (
          <Button variant="quiet" onClick={() => onChange(WITHOUT_FILTERS)}>
            {t('filter.clear')}
          </Button>
        )}
        <span className="ml-auto flex items-center gap-3 text-muted">
          {props.newRows !== undefined && (
            <Button variant="quiet" className="text-accent" onClick={props.onShowNew}>
              {props.newRows > 0 ? t('list.new_rows', counted(props.newRows)) : t('list.changed')}
            </Button>
          )}
          {props.count !== undefined && (
            <span data-testid="row-count" className="whitespace-nowrap">
              {t('list.count', counted(props.count))}
            </span>
          )}
        </span>
      </div>
    </header>
  );
}
