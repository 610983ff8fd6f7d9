import { Link } from '@tanstack/react-router';
import { FlaskConical, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ShopCard } from '../bindings/ShopCard';
import { Icon } from '../components/icon';
import { needsAttention } from '../features/shops/shop-facts';
import { useNow } from '../format/now';
import { PAGES } from './pages';

export function Rail({ demo, cards }: { demo: boolean; cards: readonly ShopCard[] }) {
  const { t } = useTranslation();
  const now = useNow();
  const attention = cards.some((card) => needsAttention(card, now));
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex w-[200px] shrink-0 flex-col gap-4 border-r border-line px-2 pt-3.5"
    >
      <div className="flex flex-col gap-2 px-2">
        <span className="flex items-center gap-2 text-base font-semibold">
          <img src="/icon.png" alt="" className="size-5" />
          {t('app.name')}
        </span>
        {demo && (
          <span
            data-testid="demo-mark"
            title={t('app.demo_hint')}
            className="inline-flex w-fit items-center gap-1.5 rounded-full bg-warning-soft px-2 py-0.5 text-xs font-medium text-warning"
          >
            <Icon of={FlaskConical} className="size-3.5" />
            {t('app.demo')}
          </span>
        )}
      </div>
      <ul className="flex flex-col gap-0.5">
        {PAGES.map(({ name, to, icon }) => (
          <li key={name}>
            <Link
              to={to}
              data-testid={`nav-${name}`}
              className="flex h-8 items-center gap-2.5 rounded-md px-2 text-muted transition-calm hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text"
            >
              <Icon of={icon} />
              {t(`nav.${name}`)}
              {name === 'shops' && attention && (
                <span className="ml-auto text-warning" title={t('nav.needs_attention')}>
                  <Icon of={TriangleAlert} className="size-3.5" />
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
