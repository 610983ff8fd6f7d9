import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../bindings/Order';
import { OrderTotal } from '../../components/amount';
import { CopyButton } from '../../components/copy-button';
import { Countdown } from '../../components/countdown';
import type { Column } from '../../components/grid/column';
import { ProductImage } from '../../components/product-image';
import { ShopName } from '../../components/shop-name';
import { OrderStatusBadge } from '../../components/status-badge';
import { useFormat } from '../../format/use-format';
import { isToShip, piecesOf } from './order-facts';

export function useOrderColumns(): readonly Column<Order>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'order',
        header: t('column.order'),
        width: 192,
        least: 168,
        rank: 0,
        sort: 'id',
        cell: (order) => (
          <span className="flex items-center gap-0.5 whitespace-nowrap">
            <span className="font-medium select-text">{order.order_sn}</span>
            <CopyButton text={order.order_sn} what={t('order.number')} inGrid />
          </span>
        ),
      },
      {
        key: 'ship_by',
        header: t('column.ship_by'),
        width: 136,
        rank: 1,
        sort: 'ship_by',
        cell: (order) => <ShipBy order={order} />,
      },
      {
        key: 'status',
        header: t('column.status'),
        width: 124,
        rank: 2,
        sort: 'status',
        cell: (order) => <OrderStatusBadge status={order.status} code={order.platform_status} />,
      },
      {
        key: 'product',
        header: t('column.product'),
        width: 150,
        grows: true,
        rank: 3,
        sort: 'name',
        cell: (order) => <FirstProduct order={order} />,
      },
      {
        key: 'quantity',
        header: t('column.quantity'),
        width: 40,
        rank: 4,
        numeric: true,
        sort: 'quantity',
        cell: (order) => format.number(piecesOf(order)),
      },
      {
        key: 'amount',
        header: t('column.amount'),
        width: 112,
        rank: 5,
        numeric: true,
        sort: 'amount',
        cell: (order) => <OrderTotal order={order} />,
      },
      {
        key: 'shop',
        header: t('column.shop'),
        width: 112,
        rank: 7,
        sort: 'shop',
        cell: (order) => <ShopName shopId={order.shop_id} />,
      },
      {
        key: 'ordered',
        header: t('column.ordered'),
        width: 104,
        rank: 6,
        sort: 'created_at',
        cell: (order) => (
          <span className="truncate text-muted" title={format.exactTime(order.created_at)}>
            {format.time(order.created_at)}
          </span>
        ),
      },
      {
        key: 'delivered',
        header: t('column.delivered'),
        width: 104,
        rank: 8,
        sort: 'delivered_at',
        cell: (order) => (
          <span className="truncate text-muted">
            {order.delivered_at === null ? (
              <span className="text-faint">—</span>
            ) : (
              format.time(order.delivered_at)
            )}
          </span>
        ),
      },
    ],
    [t, format],
  );
}

/** A count-down while something is still to be shipped; afterwards the deadline no longer presses. */
function ShipBy({ order }: { order: Order }) {
  const format = useFormat();
  if (order.ship_by === null) return <span className="text-faint">—</span>;
  if (isToShip(order.status)) return <Countdown deadline={order.ship_by} />;
  return (
    <span className="truncate text-faint" title={format.exactTime(order.ship_by)}>
      {format.time(order.ship_by)}
    </span>
  );
}

function FirstProduct({ order }: { order: Order }) {
  const { t } = useTranslation();
  const [first, ...rest] = order.items;
  if (!first) return <span className="text-faint">—</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ProductImage url={first.image_url} />
      <span className="truncate" title={first.name}>
        {first.name}
      </span>
      {rest.length > 0 && (
        <span className="shrink-0 text-xs text-muted">{t('list.more_items', { count: rest.length })}</span>
      )}
    </span>
  );
}
