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
        track: '216px',
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
        track: '142px',
        sort: 'ship_by',
        hideBelow: 400,
        cell: (order) => <ShipBy order={order} />,
      },
      {
        key: 'status',
        header: t('column.status'),
        track: '124px',
        sort: 'status',
        hideBelow: 530,
        cell: (order) => <OrderStatusBadge status={order.status} code={order.platform_status} />,
      },
      {
        key: 'product',
        header: t('column.product'),
        track: 'minmax(150px, 1fr)',
        hideBelow: 690,
        cell: (order) => <FirstProduct order={order} />,
      },
      {
        key: 'quantity',
        header: t('column.quantity'),
        track: '36px',
        numeric: true,
        hideBelow: 740,
        cell: (order) => format.number(piecesOf(order)),
      },
      {
        key: 'amount',
        header: t('column.amount'),
        track: '108px',
        numeric: true,
        sort: 'amount',
        hideBelow: 860,
        cell: (order) => <OrderTotal order={order} />,
      },
      {
        key: 'shop',
        header: t('column.shop'),
        track: '104px',
        sort: 'shop',
        hideBelow: 1076,
        cell: (order) => <ShopName shopId={order.shop_id} />,
      },
      {
        key: 'ordered',
        header: t('column.ordered'),
        track: '100px',
        sort: 'created_at',
        hideBelow: 970,
        cell: (order) => (
          <span className="truncate text-muted" title={format.exactTime(order.created_at)}>
            {format.time(order.created_at)}
          </span>
        ),
      },
      {
        key: 'delivered',
        header: t('column.delivered'),
        track: '100px',
        sort: 'delivered_at',
        hideBelow: 1200,
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
