import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../bindings/Order';
import type { OrderStatus } from '../../bindings/OrderStatus';
import { ListPage } from '../../components/list/list-page';
import { rowKey, splitRowKey } from '../../components/list/list-search';
import { KpiStrip } from './kpi-strip';
import { useOrderColumns } from './order-columns';
import { OrderPanel } from './order-panel';

const STATUSES: readonly OrderStatus[] = [
  'unshipped',
  'partially_shipped',
  'shipped',
  'partially_delivered',
  'delivered',
  'pending',
  'canceled',
  'unknown',
];

const keyOf = (order: Order): string => rowKey(order.shop_id, order.order_sn);
const idOf = (order: Order): string => order.order_sn;

export function OrdersPage() {
  const { t } = useTranslation();
  const columns = useOrderColumns();
  const statuses = useMemo(
    () => [
      { value: 'due_soon', label: t('filter.due_soon') },
      { value: 'overdue', label: t('filter.overdue') },
      ...STATUSES.map((value) => ({ value, label: t(`order_status.${value}`) })),
    ],
    [t],
  );
  return (
    <ListPage
      resource="orders"
      columns={columns}
      statuses={statuses}
      keyOf={keyOf}
      idOf={idOf}
      strip={(latest) => <KpiStrip counts={latest?.status_counts} />}
      panel={(key, onClose) => {
        const { shopId, id } = splitRowKey(key);
        return <OrderPanel key={key} shopId={shopId} orderSn={id} onClose={onClose} />;
      }}
    />
  );
}
