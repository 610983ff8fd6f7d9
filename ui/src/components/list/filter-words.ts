//! The filters of a list in words: on their chips, and in the sentence that says nothing matches them.

import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import type { ShopCard } from '../../bindings/ShopCard';
import { formatAmount } from '../../format/money';
import { useFormat } from '../../format/use-format';
import { useActivityTypeWord } from '../activity-type';
import { useWishWords } from './date-filter';
import type { Option } from './filters';
import type { AmountSpan, CountSpan, Filters, ListSearch } from './list-search';
import { LOW_STOCK, stockPresetOf } from './span-filters';

/** The filters that are asked for by name. */
export const FILTER_NAMES = {
  orders: ['ship', 'shipped', 'delivered', 'updated', 'amount', 'amount_known', 'quantity'],
  products: ['stock', 'price', 'sku_count', 'categories', 'updated'],
  activities: ['enroll', 'joined', 'item_count', 'remaining', 'types', 'starts', 'ends'],
} as const satisfies Record<Resource, readonly (keyof Filters)[]>;

export type MoreFilter = (typeof FILTER_NAMES)[Resource][number];

/** What holds and what does not, in the catalogue's words. */
export const FLAG_WORDS = {
  joined: ['activity.joined', 'activity.not_joined'],
  amount_known: ['filter.amount_known', 'filter.amount_unknown'],
} as const satisfies Partial<Record<MoreFilter, readonly [string, string]>>;

/** A filter's name and, where it is set, its value: `Ship by: next 3 days`. */
export function useFilterWords(): (name: MoreFilter, search: ListSearch) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const wishWords = useWishWords();
  const typeWord = useActivityTypeWord();
  const ends = (from: string | undefined, to: string | undefined) =>
    from !== undefined && to !== undefined ? `${from} – ${to}` : from !== undefined ? `≥ ${from}` : `≤ ${to}`;
  const amount = ({ currency, from, to }: AmountSpan) => {
    const one = (minor: number | undefined) =>
      minor === undefined ? undefined : formatAmount({ minor, currency }, format.language);
    return from === undefined && to === undefined ? currency : `${ends(one(from), one(to))} ${currency}`;
  };
  const counts = ({ from, to }: CountSpan) => {
    const one = (count: number | undefined) => (count === undefined ? undefined : format.number(count));
    return ends(one(from), one(to));
  };
  const pieces = (span: CountSpan) => {
    const preset = stockPresetOf(span);
    return preset ? t(`filter.${preset}`, { count: LOW_STOCK }) : counts(span);
  };
  const many = (words: readonly string[]) =>
    words.length === 1 ? words[0] : t('filter.several', { count: words.length });
  const value = (name: MoreFilter, search: ListSearch): string | undefined => {
    switch (name) {
      case 'amount':
      case 'price':
        return search[name] && amount(search[name]);
      case 'stock':
        return search.stock && pieces(search.stock);
      case 'quantity':
      case 'sku_count':
      case 'item_count':
      case 'remaining':
        return search[name] && counts(search[name]);
      case 'categories':
        return search.categories && many(search.categories);
      case 'types':
        return search.types && many(search.types.map(typeWord));
      case 'joined':
      case 'amount_known':
        return search[name] === undefined ? undefined : t(FLAG_WORDS[name][search[name] ? 0 : 1]);
      default:
        return search[name] && wishWords(search[name]);
    }
  };
  return (name, search) => {
    const words = value(name, search);
    const label = t(`filter_name.${name}`);
    return words === undefined ? label : t('filter.is', { label, value: words });
  };
}

/** Every filter of a list, one after the other; empty without any. */
export function useAllFilterWords(): (
  resource: Resource,
  search: ListSearch,
  statuses: readonly Option[],
  cards: readonly ShopCard[],
) => string {
  const { t } = useTranslation();
  const words = useFilterWords();
  const wishWords = useWishWords();
  return (resource, search, statuses, cards) =>
    [
      search.q && `“${search.q}”`,
      search.numbers && t('filter.numbers', { count: search.numbers.length }),
      ...(search.shops ?? []).map((id) => cards.find(({ shop }) => shop.shop_id === id)?.shop.name ?? id),
      ...[...(search.status ?? []), ...(search.risk ?? [])].map(
        (value) => statuses.find((status) => status.value === value)?.label ?? value,
      ),
      search.dates && wishWords(search.dates),
      ...FILTER_NAMES[resource].map((name) => (search[name] === undefined ? undefined : words(name, search))),
    ]
      .filter(Boolean)
      .join(' · ');
}
