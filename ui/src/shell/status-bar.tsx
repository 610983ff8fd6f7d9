import { useQuery } from '@tanstack/react-query';
import { Check, CircleDashed, CirclePause, Hourglass, RefreshCw, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { syncState } from '../api/queries';
import type { ShopCard } from '../bindings/ShopCard';
import type { SyncProgress } from '../bindings/SyncProgress';
import type { SyncState } from '../bindings/SyncState';
import { Icon } from '../components/icon';
import { needsAttention, oldestData } from '../features/shops/shop-facts';
import { progressShare, useProgressWords, useTimeLeftWords } from '../features/sync/progress-words';
import { useFormat } from '../format/use-format';
import { useOpen } from './open-dialog';

/** One line at the foot: how many shops, how old their data is, what runs. It opens the sync drawer. */
export function StatusBar({ cards }: { cards: readonly ShopCard[] }) {
  const { t } = useTranslation();
  const open = useOpen();
  const state = useQuery(syncState).data;
  const running = state?.running ?? [];
  return (
    <footer className="flex h-(--status-bar) shrink-0 items-center border-t border-line px-1 text-xs">
      <button
        type="button"
        data-testid="status-pill"
        title={t('sync.open')}
        onClick={open.sync}
        className="flex h-6 w-full items-center justify-between gap-6 rounded-sm px-3 text-muted transition-calm hover:bg-hover hover:text-text"
      >
        <Resting cards={cards} />
        {running.length > 0 ? (
          <Running running={running} cards={cards} />
        ) : (
          <Idle state={state} cards={cards} />
        )}
      </button>
    </footer>
  );
}

/** Why nothing runs: because there is nothing to do, or because what kept failing is left alone for a while. */
function Idle({ state, cards }: { state: SyncState | undefined; cards: readonly ShopCard[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first, ...others] = state?.waiting ?? [];
  if (state?.paused) {
    return (
      <span className="flex items-center gap-1.5 text-warning" data-testid="sync-paused">
        <Icon of={CirclePause} className="size-3.5" />
        {t('sync.paused', { reason: t(`error.${state.paused.code}.title`) })}
      </span>
    );
  }
  if (!first) return <span>{t('sync.idle')}</span>;
  const shop = cards.find((card) => card.shop.shop_id === first.shop_id)?.shop.name ?? first.shop_id;
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-warning" data-testid="sync-waiting">
      <Icon of={Hourglass} className="size-3.5" />
      <span className="truncate">
        {others.length > 0
          ? t('sync.waiting', { count: others.length + 1 })
          : t('sync.waiting_one_shop', { shop, time: format.time(first.try_at) })}
      </span>
    </span>
  );
}

function Resting({ cards }: { cards: readonly ShopCard[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = t('sync.shops', { count: cards.length });
  if (cards.length === 0) return <span>{count}</span>;
  const troubled = cards.filter((card) => needsAttention(card, format.now)).length;
  const oldest = oldestData(cards);
  const age =
    oldest === 'never'
      ? t('sync.never')
      : oldest === 'incomplete'
        ? t('list.incomplete')
        : t('sync.as_of', { time: format.relative(oldest) });
  const isKnown = typeof oldest === 'number';
  return (
    <span className="flex items-center gap-1.5">
      <Icon
        of={troubled > 0 ? TriangleAlert : isKnown ? Check : CircleDashed}
        className={`size-3.5 ${troubled > 0 ? 'text-warning' : isKnown ? 'text-success' : ''}`}
      />
      {[count, age, troubled > 0 && t('sync.attention', { count: troubled })].filter(Boolean).join(' · ')}
    </span>
  );
}

function Running({ running, cards }: { running: readonly SyncProgress[]; cards: readonly ShopCard[] }) {
  const { t } = useTranslation();
  const words = useProgressWords();
  const timeLeft = useTimeLeftWords();
  const format = useFormat();
  const [first, ...others] = running;
  if (!first) return null;
  const shop = cards.find((card) => card.shop.shop_id === first.shop_id)?.shop.name ?? first.shop_id;
  const share = progressShare(first);
  const left = timeLeft(first);
  return (
    <span className="flex items-center gap-1.5 text-accent" data-testid="sync-running" data-task={first.task}>
      <Icon of={RefreshCw} className="size-3.5 animate-spin" />
      {others.length > 0 ? t('sync.running_many', { count: running.length }) : t('sync.running', { shop })}
      {' · '}
      {words(first)}
      {share !== null && ` · ${format.percent(share)}`}
      {left && ` · ${left}`}
    </span>
  );
}
