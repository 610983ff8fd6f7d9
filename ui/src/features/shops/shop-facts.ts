//! What a shop's card tells, worked out once for rail, status bar and card.

import type { ShopCard } from '../../bindings/ShopCard';
import { DAY } from '../../format/time';

/** Days before its end at which a token that cannot renew itself begins to press. */
const TOKEN_WARNING = 14 * DAY;

export type TokenHealth = 'renews' | 'valid' | 'expires_soon' | 'expired' | 'revoked';

export function tokenHealth({ shop }: ShopCard, now: number): TokenHealth {
  if (shop.token_state !== 'valid') return shop.token_state;
  if (shop.refresh_expires_at !== null) {
    if (shop.refresh_expires_at <= now) return 'expired';
    return shop.refresh_expires_at - now < TOKEN_WARNING ? 'expires_soon' : 'renews';
  }
  if (shop.expires_at === null) return 'valid';
  if (shop.expires_at <= now) return 'expired';
  return shop.expires_at - now < TOKEN_WARNING ? 'expires_soon' : 'valid';
}

/** When the seller has to act at the latest; `null` where the platform names no end. */
export const tokenEnd = ({ shop }: ShopCard): number | null => shop.refresh_expires_at ?? shop.expires_at;

export function needsAttention(card: ShopCard, now: number): boolean {
  const health = tokenHealth(card, now);
  if (health !== 'valid' && health !== 'renews') return true;
  return card.data.some((state) => state.allowed && state.last_result === 'failed');
}

/** How old the oldest data of all shops is; or that some of it, or all, was never complete. */
export function oldestData(cards: readonly ShopCard[]): number | 'incomplete' | 'never' {
  const times = cards.flatMap((card) =>
    card.data.filter((state) => state.allowed).map((state) => state.complete_through),
  );
  const known = times.filter((time) => time !== null);
  if (known.length === 0) return 'never';
  return known.length < times.length ? 'incomplete' : Math.min(...known);
}

const AMOUNT_SCOPE = 'bg.order.amount.query';

/** Whether order totals may be read. The guide's orders carry them; the open platform asks for a permission. */
export const mayReadAmounts = ({ shop, app }: ShopCard): boolean =>
  app.dialect === 'guide' || shop.scopes.some((scope) => scope.toLowerCase() === AMOUNT_SCOPE);
