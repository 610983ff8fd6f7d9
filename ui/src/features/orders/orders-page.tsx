import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from '../../bindings/Order';
import type { OrderStatus } from '../../bindings/OrderStatus';
import type { Kpi } from '../../components/list/kpi-strip';
import { ListPage } from '../../components/list/list-page';
import { rowKey, splitRowKey, TO_SHIP } from '../../components/list/list-search';
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

const KPIS = [
  { name: 'all', statuses: [] },
  { name: 'to_ship', statuses: TO_SHIP },
  { name: 'due_soon', statuses: ['due_soon'], tone: 'soon' },
  { name: 'overdue', statuses: ['overdue'], tone: 'late' },
  { name: 'shipped', statuses: ['shipped', 'partially_delivered'] },
  { name: 'delivered', statuses: ['delivered'] },
  { name: 'canceled', statuses: ['canceled'] },
] as const satisfies readonly Omit<Kpi, 'label'>[];

const RISKS = ['due_soon', 'overdue'] as const;

const keyOf = (order: Order): string => rowKey(order.shop_id, order.order_sn);
const idOf = (order: Order): string => order.order_sn;
const lineCount = (order: Order): number => order.items.length;

export function OrdersPage() {
  const { t } = useTranslation();
  const columns = useOrderColumns();
  const words = useMemo(
    () => ({
      kpis: KPIS.map((kpi) => ({ ...kpi, label: t(`kpi.${kpi.name}`) })),
      statuses: STATUSES.map((value) => ({ value, label: t(`order_status.${value}`) })),
      risks: RISKS.map((value) => ({ value, label: t(`filter.${value}`) })),
    }),
    [t],
  );
  return (
    <ListPage
      resource="orders"
      columns={columns}
      {...words}
      keyOf={keyOf}
      idOf={idOf}
      lineCount={lineCount}
      panel={panel}
    />
  );
}

function panel(key: string, onClose: () => void) {
  const { shopId, id } = splitRowKey(key);
  return <OrderPanel key={key} shopId={shopId} orderSn={id} onClose={onClose} />;
}
