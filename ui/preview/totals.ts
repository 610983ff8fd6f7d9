//! Made-up totals of the preview: three shops in two currencies, busier at weekends.

import type { DayTotal } from '../src/bindings/DayTotal';
import type { ReadOrderTotals } from '../src/bindings/ReadOrderTotals';
import type { ReadTopSkus } from '../src/bindings/ReadTopSkus';
import type { SkuTotal } from '../src/bindings/SkuTotal';
import { cards, orders } from './rows';

const SHOPS = [
  { currency: 'USD', busy: 46, price: 2315 },
  { currency: 'EUR', busy: 29, price: 1990 },
  { currency: 'USD', busy: 14, price: 3120 },
] as const;

export function dayTotals({ shops, first_day, last_day }: ReadOrderTotals): DayTotal[] {
  const totals: DayTotal[] = [];
  const day = new Date(`${first_day}T12:00:00Z`);
  for (let index = 0; day.toISOString().slice(0, 10) <= last_day; index += 1) {
    SHOPS.forEach(({ currency, busy, price }, shop) => {
      const shopId = cards[shop]?.shop.shop_id ?? '';
      if (shops.length > 0 && !shops.includes(shopId)) return;
      const weekend = day.getUTCDay() % 6 === 0 ? 1.35 : 1;
      const wave = 1 + 0.3 * Math.sin((index * (shop + 2)) / 5) + index / 300;
      const count = Math.round(busy * weekend * wave);
      const canceled = index % 4 === shop ? 1 + (index % 3) : 0;
      const unknown = shop === 1 ? index % 5 : 0;
      totals.push({
        day: day.toISOString().slice(0, 10),
        shop_id: shopId,
        currency,
        orders: count,
        canceled,
        amount_minor: (count - canceled - unknown) * price,
        unknown_amounts: unknown,
      });
    });
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return totals;
}

export function topSkus({ shops, limit }: ReadTopSkus): SkuTotal[] {
  const among = orders.filter(({ shop_id }) => shops.length === 0 || shops.includes(shop_id));
  return among.slice(0, limit).flatMap(({ shop_id, items: [line] }, index): SkuTotal[] =>
    line
      ? [
          {
            shop_id,
            sku_id: line.sku_id,
            product_id: line.product_id,
            name: line.name,
            spec: line.spec,
            image_url: line.image_url,
            pieces: Math.round(412 / (index + 1.4)),
            orders: Math.round(290 / (index + 1.4)),
          },
        ]
      : [],
  );
}
