import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../bindings/Order';
import type { OrderItem } from '../../bindings/OrderItem';
import { Amount, OrderTotal } from '../../components/amount';
import { CopyButton } from '../../components/copy-button';
import { Countdown } from '../../components/countdown';
import type { Column } from '../../components/grid/column';
import { LineId } from '../../components/line-id';
import { ProductImage } from '../../components/product-image';
import { ShopName } from '../../components/shop-name';
import { OrderStatusBadge } from '../../components/status-badge';
import { useFormat } from '../../format/use-format';
import { isToShip, lineTotal, piecesOf } from './order-facts';

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
        line: (order, index) => <LineCode item={order.items[index]} />,
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
        width: 120,
        grows: true,
        rank: 3,
        sort: 'name',
        cell: (order) => <FirstProduct order={order} />,
        line: (order, index) => <LineProduct item={order.items[index]} />,
      },
      {
        key: 'quantity',
        header: t('column.quantity'),
        width: 40,
        rank: 4,
        numeric: true,
        sort: 'quantity',
        cell: (order) => format.number(piecesOf(order)),
        line: (order, index) => format.number(order.items[index]?.quantity ?? 0),
      },
      {
        key: 'amount',
        header: t('column.amount'),
        width: 112,
        rank: 5,
        numeric: true,
        sort: 'amount',
        cell: (order) => <OrderTotal order={order} />,
        line: (order, index) => <Amount money={lineTotal(order.items[index])} />,
      },
      {
        key: 'sku',
        header: t('column.sku'),
        width: 128,
        rank: 9,
        sort: 'sku',
        cell: (order) => <FirstOf ids={order.items.map(({ sku_id }) => sku_id)} />,
        line: (order, index) => <Id id={order.items[index]?.sku_id} what={t('column.sku')} />,
      },
      {
        key: 'own_code',
        header: t('column.own_code'),
        width: 112,
        rank: 10,
        sort: 'ext_code',
        cell: (order) => <FirstOf ids={order.items.map(({ ext_code }) => ext_code)} />,
        line: (order, index) => <Id id={order.items[index]?.ext_code} what={t('column.own_code')} />,
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

/** The first id of an order's lines, and how many others there are. */
function FirstOf({ ids }: { ids: readonly (string | null)[] }) {
  const { t } = useTranslation();
  const [first, ...rest] = new Set(ids.filter((id) => id !== null));
  if (first === undefined) return <span className="text-faint">—</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-muted">
      <span className="truncate" title={first}>
        {first}
      </span>
      {rest.length > 0 && (
        <span className="shrink-0 text-xs">{t('list.more_items', { count: rest.length })}</span>
      )}
    </span>
  );
}

function Id({ id, what }: { id: string | null | undefined; what: string }) {
  if (!id) return <span className="text-faint">—</span>;
  return (
    <span className="flex min-w-0 items-center gap-0.5 text-muted">
      <span className="truncate select-text" title={id}>
        {id}
      </span>
      <CopyButton text={id} what={what} inGrid />
    </span>
  );
}

/** What the seller picks the goods by. */
function LineCode({ item }: { item: OrderItem | undefined }) {
  const { t } = useTranslation();
  if (item?.ext_code) return <LineId name={t('column.own_code')} id={item.ext_code} />;
  if (item?.sku_id) return <LineId name={t('column.sku')} id={item.sku_id} />;
  return item?.line_sn ? <LineId name={t('order.line_number')} id={item.line_sn} /> : null;
}

function LineProduct({ item }: { item: OrderItem | undefined }) {
  if (!item) return null;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ProductImage url={item.image_url} />
      <span className="truncate" title={item.name}>
        {item.name}
      </span>
      {item.spec && (
        <span className="max-w-[50%] shrink-0 truncate text-muted" title={item.spec}>
          {item.spec}
        </span>
      )}
    </span>
  );
}
