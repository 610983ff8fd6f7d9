import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShopCard } from '../../bindings/ShopCard';
import { Icon } from '../../components/icon';
import { DataStateIcon, useDataStateWords } from './data-state';
import { ScopeList } from './scope-list';
import { mayReadAmounts } from './shop-facts';

/** What the token may read, and how fresh each kind of data is. */
export function ShopData({ card }: { card: ShopCard }) {
  const { t } = useTranslation();
  const words = useDataStateWords();
  const { shop } = card;
  const amounts = mayReadAmounts(card);
  const semiManaged = shop.mall_type === 'semi_managed';
  return (
    <section className="flex flex-col gap-1 border-t border-line pt-3">
      <ul aria-label={t('shop.permissions')} className="flex flex-col gap-1">
        {card.data.map((state) => {
          const { text, title } = words(state, semiManaged);
          return (
            <Line
              key={state.resource}
              icon={<DataStateIcon state={state} />}
              name={t(`resource.${state.resource}`)}
            >
              <span title={title}>{text}</span>
            </Line>
          );
        })}
        <Line
          icon={<Icon of={amounts ? Check : Minus} className={amounts ? 'text-success' : 'text-faint'} />}
          name={t('shop.amounts')}
        >
          {amounts ? '' : <span title={t('amount.not_authorized_hint')}>{t('shop.not_allowed')}</span>}
        </Line>
      </ul>
      {semiManaged && <p className="text-muted">{t('shop.semi_note')}</p>}
      <details className="text-muted">
        <summary className="w-fit rounded-sm select-none hover:text-text">
          {t('shop.all_permissions', { count: shop.scopes.length })}
        </summary>
        <ScopeList scopes={shop.scopes} />
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
