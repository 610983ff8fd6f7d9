import { Check, CircleDashed, CircleX, Minus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataState } from '../../bindings/DataState';
import type { ShopCard } from '../../bindings/ShopCard';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';
import { mayReadAmounts } from './shop-facts';

/** What the token may read, and how fresh each kind of data is. */
export function ShopData({ card }: { card: ShopCard }) {
  const { t } = useTranslation();
  const { shop } = card;
  const amounts = mayReadAmounts(card);
  return (
    <section className="flex flex-col gap-1 rounded-md bg-page px-3 py-2">
      <ul aria-label={t('shop.permissions')} className="flex flex-col gap-1">
        {card.data.map((state) => (
          <Line key={state.resource} icon={iconOf(state)} name={t(`resource.${state.resource}`)}>
            <Freshness state={state} semiManaged={shop.mall_type === 'semi_managed'} />
          </Line>
        ))}
        <Line
          icon={<Icon of={amounts ? Check : Minus} className={amounts ? 'text-success' : 'text-faint'} />}
          name={t('shop.amounts')}
        >
          {amounts ? '' : <span title={t('amount.not_authorized_hint')}>{t('shop.not_allowed')}</span>}
        </Line>
      </ul>
      {shop.mall_type === 'semi_managed' && <p className="text-muted">{t('shop.semi_note')}</p>}
      <details className="text-muted">
        <summary className="w-fit rounded-sm select-none hover:text-text">
          {t('shop.all_permissions', { count: shop.scopes.length })}
        </summary>
        <p className="mt-1 font-mono text-xs break-all select-text">{shop.scopes.join(' ')}</p>
      </details>
    </section>
  );
}

function Line({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-2">
      {icon}
      <span className="flex-1">{name}</span>
      <span className="text-muted">{children}</span>
    </li>
  );
}

function iconOf(state: DataState): ReactNode {
  if (!state.allowed) return <Icon of={Minus} className="text-faint" />;
  if (state.last_result === 'failed') return <Icon of={CircleX} className="text-danger" />;
  if (state.last_result === 'partial') return <Icon of={TriangleAlert} className="text-warning" />;
  if (state.complete_through === null) return <Icon of={CircleDashed} className="text-muted" />;
  return <Icon of={Check} className="text-success" />;
}

function Freshness({ state, semiManaged }: { state: DataState; semiManaged: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!state.allowed) return semiManaged ? '—' : t('shop.not_allowed');
  const notes: string[] = [];
  if (state.last_result === 'failed') notes.push(t('shop.last_failed'));
  if (state.last_result === 'partial') notes.push(t('shop.last_partial'));
  if (state.last_result === 'canceled') notes.push(t('shop.last_canceled'));
  notes.push(
    state.complete_through === null
      ? t('shop.not_synced')
      : t('shop.up_to_date', { time: format.relative(state.complete_through) }),
  );
  return (
    <span title={state.complete_through === null ? undefined : format.exactTime(state.complete_through)}>
      {notes.join(' · ')}
    </span>
  );
}
