//! What the shops' cards tell about one kind of data.

import type { DataState } from '../../bindings/DataState';
import type { Resource } from '../../bindings/Resource';
import type { ShopCard } from '../../bindings/ShopCard';

export const stateOf = (card: ShopCard, resource: Resource): DataState | undefined =>
  card.data.find((state) => state.resource === resource);

/** Why a shop's data of a kind is not read; nothing where it is. */
export type Exclusion = 'semi_managed' | 'scope_missing';

export function exclusionOf(card: ShopCard, resource: Resource): Exclusion | undefined {
  if (stateOf(card, resource)?.allowed) return undefined;
  // Such a shop gives its orders; where it does not, a permission is missing as elsewhere.
  return card.shop.mall_type === 'semi_managed' && resource !== 'orders' ? 'semi_managed' : 'scope_missing';
}

export interface Age {
  /** The oldest of the shops'; `null` while one of them is not complete yet. */
  completeThrough: number | null;
  failedShops: string[];
}

/** Nothing where no shop may be read at all. */
export function ageOf(cards: readonly ShopCard[], resource: Resource): Age | undefined {
  const allowed = cards.flatMap((card) => {
    const state = stateOf(card, resource);
    return state?.allowed ? [{ name: card.shop.name, state }] : [];
  });
  if (allowed.length === 0) return undefined;
  const times = allowed.map(({ state }) => state.complete_through);
  return {
    completeThrough: times.includes(null) ? null : Math.min(...times.filter((time) => time !== null)),
    failedShops: allowed.filter(({ state }) => state.last_result === 'failed').map(({ name }) => name),
  };
}

/** Why a list without rows has none. */
export type Emptiness = Exclusion | 'no_shop' | 'first_sync' | 'never_synced' | 'nothing_matches' | 'no_rows';

export function emptinessOf(
  cards: readonly ShopCard[],
  resource: Resource,
  { filtered, syncing }: { filtered: boolean; syncing: readonly string[] },
): Emptiness {
  if (cards.length === 0) return 'no_shop';
  const exclusions = cards.map((card) => exclusionOf(card, resource));
  if (!exclusions.includes(undefined)) {
    return exclusions.includes('scope_missing') ? 'scope_missing' : 'semi_managed';
  }
  const allowed = cards.filter((card) => stateOf(card, resource)?.allowed);
  const started = allowed.some((card) => stateOf(card, resource)?.complete_through !== null);
  if (!started) {
    return allowed.some((card) => syncing.includes(card.shop.shop_id)) ? 'first_sync' : 'never_synced';
  }
  return filtered ? 'nothing_matches' : 'no_rows';
}
