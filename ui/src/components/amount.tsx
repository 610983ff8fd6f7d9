import { useTranslation } from 'react-i18next';
import type { Money } from '../bindings/Money';
import type { Order } from '../bindings/Order';
import { formatAmount } from '../format/money';

export function Amount({ money }: { money: Money | null }) {
  const { i18n } = useTranslation();
  if (!money) return <span className="text-faint">—</span>;
  return (
    <span className="whitespace-nowrap">
      {formatAmount(money, i18n.language)} <span className="text-xs text-muted">{money.currency}</span>
    </span>
  );
}

/** An unknown total says why it is unknown; it is never shown as zero. */
export function OrderTotal({ order }: { order: Pick<Order, 'total_amount' | 'amount_state'> }) {
  const { t } = useTranslation();
  if (order.total_amount) return <Amount money={order.total_amount} />;
  if (order.amount_state === 'not_authorized') {
    return (
      <span className="text-faint" title={t('amount.not_authorized_hint')}>
        {t('amount.not_authorized')}
      </span>
    );
  }
  return (
    <span className="text-faint" title={t('amount.pending_hint')}>
      —
    </span>
  );
}
