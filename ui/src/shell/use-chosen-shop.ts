//! The shop that the whole window is about, where the seller chose one.

import { useQuery } from '@tanstack/react-query';
import { shops } from '../api/queries';
import type { ShopCard } from '../bindings/ShopCard';
import { usePreference } from '../preferences/preferences';

/** `undefined` for all shops, and where the chosen one is no longer there. */
export function useChosenShop(): ShopCard | undefined {
  const chosen = usePreference('shop');
  return useQuery(shops).data?.find(({ shop }) => shop.shop_id === chosen);
}
