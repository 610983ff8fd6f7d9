//! The filters of a list in words, for the sentence that says nothing matches them.

import type { TFunction } from 'i18next';
import type { ShopCard } from '../../bindings/ShopCard';
import type { StatusOption } from './list-page';
import type { ListSearch } from './list-search';

export function filterWords(
  t: TFunction,
  search: ListSearch,
  statuses: readonly StatusOption[],
  cards: readonly ShopCard[],
): string {
  const words = [
    search.q && `“${search.q}”`,
    ...(search.status ?? []).map(
      (value) => statuses.find((status) => status.value === value)?.label ?? value,
    ),
    ...(search.shops ?? []).map((id) => cards.find(({ shop }) => shop.shop_id === id)?.shop.name ?? id),
    search.dates && t(`filter.${search.dates}`),
  ];
  return words.filter(Boolean).join(' · ');
}
