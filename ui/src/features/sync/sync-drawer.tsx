//! What is synced now, shop by shop, with the way to stop it.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCancelSync, useStartSync } from '../../api/mutations';
import { shops, syncState } from '../../api/queries';
import type { ShopCard } from '../../bindings/ShopCard';
import type { SyncProgress } from '../../bindings/SyncProgress';
import { Button } from '../../components/button';
import { Drawer } from '../../components/drawer';
import { Icon } from '../../components/icon';
import { ProgressBar } from '../../components/progress-bar';
import { useToast } from '../../components/toast';
import { useFormat } from '../../format/use-format';
import { ShopData } from '../shops/shop-data';
import { progressShare, useProgressWords } from './progress-words';

export function SyncDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cards = useQuery(shops).data ?? [];
  const state = useQuery(syncState).data;
  const sync = useStartSync();
  const next = state?.next_automatic_at ?? null;
  return (
    <Drawer title={t('sync.title')} onClose={onClose}>
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 pb-3">
        <span className="text-muted">
          {next === null ? t('sync.automatic_off') : t('sync.next', { time: format.relative(next) })}
        </span>
        <Button
          variant="primary"
          data-testid="sync-now"
          disabled={cards.length === 0}
          busy={sync.isPending}
          onClick={() => sync.start([])}
        >
          <Icon of={RefreshCw} />
          {t('action.sync_now')}
        </Button>
      </div>
      <ul className="flex flex-col divide-y divide-line">
        {cards.map((card) => (
          <ShopSync
            key={card.shop.shop_id}
            card={card}
            progress={state?.running.find((running) => running.shop_id === card.shop.shop_id)}
          />
        ))}
      </ul>
      <Link to="/sync" className="m-4 rounded-sm text-accent hover:underline">
        {t('sync.open_log')}
      </Link>
    </Drawer>
  );
}

function ShopSync({ card, progress }: { card: ShopCard; progress: SyncProgress | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProgressWords();
  const cancel = useCancelSync();
  const toast = useToast();
  const { shop } = card;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <h3 className="truncate font-semibold">{shop.name}</h3>
        {progress && (
          <Button
            data-testid="cancel-sync"
            busy={cancel.isPending}
            onClick={() => cancel.mutate({ shop_id: shop.shop_id }, { onError: toast.failure })}
          >
            {t('action.cancel_sync')}
          </Button>
        )}
      </div>
      {progress && (
        <div className="flex flex-col gap-1.5" aria-live="polite">
          <span className="text-accent">{words(progress)}</span>
          <ProgressBar share={progressShare(progress)} label={words(progress)} />
          <span className="text-xs text-muted">
            {t('sync.rows_so_far', {
              new: format.number(progress.counts.new),
              changed: format.number(progress.counts.changed),
              unchanged: format.number(progress.counts.unchanged),
            })}
          </span>
        </div>
      )}
      <ShopData card={card} />
    </li>
  );
}
