import type { ShopCard } from '../../bindings/ShopCard';
import { useZone } from '../../preferences/use-zone';
import { firstKnownDay } from './spans';

/** Since when all orders of some shops are here, by the seller's zone. */
export function useFirstKnownDay(): (cards: readonly ShopCard[]) => string | null {
  const zone = useZone();
  return (cards) => firstKnownDay(cards, zone);
}
