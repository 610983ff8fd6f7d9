import { useQuery } from '@tanstack/react-query';
import { settings } from '../../api/queries';
import type { ShopCard } from '../../bindings/ShopCard';
import { useZone } from '../../preferences/use-zone';
import { firstKnownDay } from './spans';

/** Since when all orders of some shops are here, with the seller's zone and settings. */
export function useFirstKnownDay(): (cards: readonly ShopCard[]) => string | null {
  const zone = useZone();
  const areOldDeleted = (useQuery(settings).data?.settings.retention_days ?? null) !== null;
  return (cards) => firstKnownDay(cards, zone, areOldDeleted);
}
