import { useQuery } from '@tanstack/react-query';
import { shops } from '../api/queries';
import type { ShopId } from '../bindings/ShopId';

export function useShopName(shopId: ShopId): string {
  const cards = useQuery(shops).data;
  return cards?.find((card) => card.shop.shop_id === shopId)?.shop.name ?? shopId;
}

/** The seller's own name for a shop, cut at the end where there is no room. */
export function ShopName({ shopId }: { shopId: ShopId }) {
  const name = useShopName(shopId);
  return (
    <span className="truncate text-muted" title={name}>
      {name}
    </span>
  );
}
