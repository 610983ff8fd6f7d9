//! Everything known about one order: in the panel beside the list, and on a page of its own.

import { useQuery } from '@tanstack/react-query';
import { ExternalLink, RefreshCw, Store } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRefreshOrder } from '../../api/mutations';
import { orderDetail } from '../../api/queries';
import type { Order } from '../../bindings/Order';
import type { OrderDetail } from '../../bindings/OrderDetail';
import type { OrderItem } from '../../bindings/OrderItem';
import { Amount, OrderTotal } from '../../components/amount';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Countdown } from '../../components/countdown';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { Facts, PanelSection } from '../../components/panel';
import { ProductImage } from '../../components/product-image';
import { ShopName } from '../../components/shop-name';
import { OrderStatusBadge } from '../../components/status-badge';
import { useToast } from '../../components/toast';
import { indentJson } from '../../format/json';
import { formatAmount } from '../../format/money';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { useSellerCenter } from '../shops/use-seller-center';
import { isToShip, lineTotal } from './order-facts';
import { OrderLabels } from './order-labels';

interface OrderProps {
  shopId: string;
  orderSn: string;
}

/** What matters most about it. */
export function OrderHead({ shopId, orderSn }: OrderProps) {
  const { data } = useQuery(orderDetail(shopId, orderSn));
  return data && <Headline order={data.order} />;
}

/** Its number, to be copied. */
export function OrderNumber({ orderSn }: { orderSn: string }) {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-0.5">
      <h2 className="text-base font-semibold whitespace-nowrap select-text">{orderSn}</h2>
      <CopyButton text={orderSn} what={t('order.number')} />
    </div>
  );
}

export function OrderBody({ shopId, orderSn }: OrderProps) {
  const { t } = useTranslation();
  const detail = useQuery(orderDetail(shopId, orderSn));
  const refresh = useRefreshOrder();
  const toast = useToast();
  const refreshNow = () =>
    refresh.mutate(
      { shop_id: shopId, order_sn: orderSn },
      { onSuccess: () => toast.success(t('order.refreshed'), orderSn) },
    );
  const failure = refresh.error ?? detail.error;
  return (
    <>
      {failure && (
        <div className="p-4">
          <ErrorBox failure={toFailure(failure)} shopId={shopId} on={{ retry: refreshNow }} />
        </div>
      )}
      {detail.data && (
        <>
          <Lines items={detail.data.order.items} />
          <Times detail={detail.data} busy={refresh.isPending} onRefresh={refreshNow} />
          <History detail={detail.data} />
          <SellerCenter shopId={shopId} orderSn={orderSn} />
          <Raw raw={detail.data.raw} />
        </>
      )}
    </>
  );
}

function Headline({ order }: { order: Order }) {
  return (
    <div className="mt-1.5 flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="flex items-center gap-3">
          <OrderStatusBadge status={order.status} code={order.platform_status} />
          {order.ship_by !== null && isToShip(order.status) && <Countdown deadline={order.ship_by} />}
        </span>
        <span className="text-base font-semibold">
          <OrderTotal order={order} />
        </span>
      </div>
      <span className="flex min-w-0 items-center gap-1.5">
        <Icon of={Store} className="size-3.5 text-faint" />
        <ShopName shopId={order.shop_id} />
      </span>
      <OrderLabels labels={order.labels} />
    </div>
  );
}

function Lines({ items }: { items: readonly OrderItem[] }) {
  const { t } = useTranslation();
  return (
    <PanelSection title={t('order.lines')}>
      <ul className="flex flex-col gap-3">
        {items.map((item, index) => (
          // Lines have no id that every dialect gives; their order is fixed.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index} className="flex gap-3">
            <ProductImage url={item.image_url} large />
            <div className="flex min-w-0 flex-1 flex-col gap-0.5">
              <span className="line-clamp-2 break-words select-text" title={item.name}>
                {item.name}
              </span>
              {item.spec && <span className="text-muted">{item.spec}</span>}
              <LineIds item={item} />
            </div>
            <LinePrice item={item} />
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

function LineIds({ item }: { item: OrderItem }) {
  const { t } = useTranslation();
  const ids: [string, string | null][] = [
    [t('column.own_code'), item.ext_code],
    [t('column.sku'), item.sku_id],
    [t('order.line_number'), item.line_sn],
  ];
  return (
    <span className="flex flex-col text-xs text-muted">
      {ids.map(
        ([name, id]) =>
          id && (
            <span key={name} className="flex items-center gap-1">
              {name}
              <span className="truncate text-text select-text" title={id}>
                {id}
              </span>
              <CopyButton text={id} what={name} />
            </span>
          ),
      )}
    </span>
  );
}

function LinePrice({ item }: { item: OrderItem }) {
  const { t, i18n } = useTranslation();
  return (
    <span className="flex shrink-0 flex-col items-end">
      <span className="font-medium">× {item.quantity}</span>
      {item.unit_price && (
        <span className="text-xs text-muted" title={item.unit_price.currency}>
          {t('order.each', { price: formatAmount(item.unit_price, i18n.language) })}
        </span>
      )}
      {item.unit_price && item.quantity > 1 && (
        <span className="text-xs">
          <Amount money={lineTotal(item)} />
        </span>
      )}
    </span>
  );
}

function Times({ detail, busy, onRefresh }: { detail: OrderDetail; busy: boolean; onRefresh: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { order } = detail;
  const time = (seconds: number | null) =>
    seconds === null ? <span className="text-faint">—</span> : format.exactTime(seconds);
  return (
    <PanelSection title={t('order.times')}>
      <Facts
        facts={[
          [t('order.ordered'), time(order.created_at)],
          [t('order.ship_by'), time(order.ship_by)],
          [t('order.shipped'), time(order.shipped_at)],
          [t('order.delivered'), time(order.delivered_at)],
          [t('order.updated'), time(order.updated_at)],
        ]}
      />
      <div className="mt-3 flex items-center justify-between gap-2">
        <span className="text-muted" title={format.exactTime(detail.fetched_at)}>
          {t('order.fetched', { time: format.relative(detail.fetched_at) })}
        </span>
        <Button busy={busy} onClick={onRefresh} data-testid="refresh-order">
          <Icon of={RefreshCw} className={busy ? 'animate-spin' : ''} />
          {t('order.refresh')}
        </Button>
      </div>
    </PanelSection>
  );
}

function History({ detail }: { detail: OrderDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <PanelSection title={t('order.history')} note={t('order.history_hint')}>
      <ol className="flex flex-col gap-1.5">
        {detail.status_history.map((seen) => (
          <li
            key={`${seen.platform_status}-${seen.first_seen_at}`}
            className="flex items-center justify-between gap-2"
          >
            <span className="flex min-w-0 items-center gap-2">
              <OrderStatusBadge status={seen.status} code={seen.platform_status} />
              <span className="truncate text-xs text-faint" title={t('order.platform_status')}>
                {seen.platform_status}
              </span>
            </span>
            <span className="text-muted">{format.exactTime(seen.first_seen_at)}</span>
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}

function Raw({ raw }: { raw: string | null }) {
  const { t } = useTranslation();
  return (
    <details className="px-4 py-3">
      <summary className="rounded-sm font-semibold select-none">{t('order.raw')}</summary>
      {raw === null ? (
        <p className="mt-2 text-muted">{t('order.raw_none')}</p>
      ) : (
        <pre className="mt-2 max-h-96 overflow-auto rounded-md bg-page p-2 font-mono text-xs select-text">
          {indentJson(raw)}
        </pre>
      )}
    </details>
  );
}

/** The platform documents no address of an order: the seller looks for its number there. */
function SellerCenter({ shopId, orderSn }: OrderProps) {
  const { t } = useTranslation();
  const open = useSellerCenter(shopId);
  if (!open) return null;
  return (
    <PanelSection title={t('seller_center.title')}>
      <p className="flex flex-wrap items-center gap-x-1 text-muted">
        {t('seller_center.find')}
        <span className="whitespace-nowrap text-text select-text">{orderSn}</span>
        <CopyButton text={orderSn} what={t('order.number')} />
      </p>
      <Button className="mt-2" data-testid="seller-center" onClick={open}>
        <Icon of={ExternalLink} />
        {t('seller_center.open')}
      </Button>
    </PanelSection>
  );
}
