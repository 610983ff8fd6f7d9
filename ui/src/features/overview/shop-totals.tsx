import { useTranslation } from 'react-i18next';
import type { DayTotal } from '../../bindings/DayTotal';
import type { Shop } from '../../bindings/Shop';
import type { ShopCard } from '../../bindings/ShopCard';
import type { ListSearch } from '../../components/list/list-search';
import { formatAmount } from '../../format/money';
import { useFormat } from '../../format/use-format';
import { Growth } from './growth';
import { NOT_CANCELED, OF_UNKNOWN_AMOUNT, OrdersLink } from './orders-link';
import { isKnown, type Range, type Spans, sumOf, within } from './spans';
import { useFirstKnownDay } from './use-first-known-day';

interface ShopTotalsProps {
  cards: readonly ShopCard[];
  totals: readonly DayTotal[];
  spans: Spans;
  range: Range;
  dates: string;
}

/** Each shop's orders and amounts in the span, the busiest first; amounts of one currency on a line. */
export function ShopTotals({ cards, totals, spans, range, dates }: ShopTotalsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const firstKnown = useFirstKnownDay();
  const rows = cards.map((card) => {
    const { shop } = card;
    const own = totals.filter(({ shop_id }) => shop_id === shop.shop_id);
    const isComparable = isKnown(spans.before, firstKnown([card]));
    const before = isComparable ? sumOf(within(own, spans.before)).orders : null;
    return { shop, now: sumOf(within(own, spans.now)), before };
  });
  rows.sort((one, other) => other.now.orders - one.now.orders);
  const ordersOf = ({ shop_id }: Shop): ListSearch => ({ shops: [shop_id], dates });
  return (
    <section aria-labelledby="shop-totals" className="flex min-w-0 flex-col gap-2">
      <h2 id="shop-totals" className="font-semibold">
        {t('overview.by_shop')}
      </h2>
      <div className="overflow-x-auto rounded-lg border border-line bg-surface">
        <table className="w-full">
          <thead className="text-xs text-muted">
            <tr className="border-b border-line">
              <th className="h-8 px-4 text-left font-medium">{t('column.shop')}</th>
              <th className="h-8 px-2 text-right font-medium whitespace-nowrap">{t('overview.orders')}</th>
              <th className="h-8 px-2 text-right font-medium whitespace-nowrap">{t('overview.change')}</th>
              <th className="h-8 px-4 text-right font-medium whitespace-nowrap">{t('column.amount')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map(({ shop, now, before }) => (
              <tr key={shop.shop_id} data-testid="shop-total" className="align-top hover:bg-hover">
                <td className="w-full max-w-0 px-4 py-2.5">
                  <OrdersLink
                    search={ordersOf(shop)}
                    title={shop.name}
                    className="block truncate font-medium"
                  >
                    {shop.name}
                  </OrdersLink>
                </td>
                <td className="px-2 py-2.5 text-right">
                  <OrdersLink search={ordersOf(shop)}>{format.number(now.orders)}</OrdersLink>
                  {now.canceled > 0 && (
                    <div className="text-xs whitespace-nowrap text-muted">
                      <OrdersLink search={{ ...ordersOf(shop), status: ['canceled'] }}>
                        {t('overview.canceled', { count: now.canceled })}
                      </OrdersLink>
                    </div>
                  )}
                </td>
                <td className="px-2 py-2.5 text-right">
                  <Growth value={now.orders} before={before} range={range} isShort />
                </td>
                <td className="px-4 py-2.5 text-right">
                  {[...now.amounts].map(([currency, minor]) => (
                    <div key={currency} className="whitespace-nowrap">
                      <OrdersLink search={{ ...ordersOf(shop), status: NOT_CANCELED, amount: { currency } }}>
                        {formatAmount({ minor, currency }, format.language)}{' '}
                        <span className="text-xs text-muted">{currency}</span>
                      </OrdersLink>
                    </div>
                  ))}
                  {now.unknown > 0 && (
                    <div className="ml-auto max-w-32 text-xs text-muted">
                      <OrdersLink search={{ ...ordersOf(shop), ...OF_UNKNOWN_AMOUNT }}>
                        {t('overview.unknown', { count: now.unknown })}
                      </OrdersLink>
                    </div>
                  )}
                  {now.amounts.size === 0 && now.unknown === 0 && <span className="text-faint">—</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
