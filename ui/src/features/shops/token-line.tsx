import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ShopCard } from '../../bindings/ShopCard';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';
import { tokenEnd, tokenHealth } from './shop-facts';

/** Whether the token works and for how long. */
export function TokenLine({ card }: { card: ShopCard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const health = tokenHealth(card, format.now);
  const end = tokenEnd(card);
  const span = end === null ? '' : format.span(Math.max(0, end - format.now));
  const title = end === null ? undefined : format.exactTime(end);
  const line = (icon: typeof CircleCheck, tone: string, words: string) => (
    <span className={`inline-flex items-center gap-1.5 ${tone}`} title={title}>
      <Icon of={icon} className="size-3.5" />
      {words}
    </span>
  );
  switch (health) {
    case 'renews':
      return line(CircleCheck, 'text-success', t('token_state.valid_refreshed'));
    case 'valid':
      return line(
        CircleCheck,
        'text-success',
        end === null ? t('token_state.valid_open') : t('token_state.valid', { span }),
      );
    case 'expires_soon':
      return line(TriangleAlert, 'text-warning font-medium', t('token_state.expires_soon', { span }));
    case 'expired':
      return line(CircleX, 'text-danger font-medium', t('token_state.expired'));
    case 'revoked':
      return line(CircleX, 'text-danger font-medium', t('token_state.revoked'));
  }
}
