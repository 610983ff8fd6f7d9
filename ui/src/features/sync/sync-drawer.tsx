//! What is synced now and how fresh everything is, shop by shop, with the way to stop it and to try again.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CirclePause, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import { shops, syncState } from '../../api/queries';
import { Button } from '../../components/button';
import { Drawer } from '../../components/drawer';
import { Icon } from '../../components/icon';
import { asLeft } from '../../shell/last-place';
import { AutomaticSwitch } from './automatic-switch';
import { ShopSync } from './shop-sync';

export function SyncDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const cards = useQuery(shops).data ?? [];
  const state = useQuery(syncState).data;
  const sync = useStartSync();
  return (
    <Drawer title={t('sync.title')} onClose={onClose}>
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 pb-3">
        <AutomaticSwitch next={state?.next_automatic_at ?? null} />
        <Button
          variant="primary"
          size="small"
          data-testid="sync-now"
          disabled={cards.length === 0}
          busy={sync.isPending}
          onClick={() => sync.start([])}
        >
          <Icon of={RefreshCw} />
          {t('action.sync_now')}
        </Button>
      </div>
      {state?.paused && (
        <p className="flex items-center gap-2 border-b border-line bg-warning-soft px-4 py-2">
          <Icon of={CirclePause} className="text-warning" />
          {t('sync.paused', { reason: t(`error.${state.paused.code}.title`) })}
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {cards.map((card) => (
          <ShopSync
            key={card.shop.shop_id}
            card={card}
            waiting={state?.waiting.find((waiting) => waiting.shop_id === card.shop.shop_id)}
            progress={state?.running.find((running) => running.shop_id === card.shop.shop_id)}
          />
        ))}
      </ul>
      <Link {...asLeft('/sync')} className="m-4 w-fit rounded-sm text-accent hover:underline">
        {t('sync.open_log')}
      </Link>
    </Drawer>
  );
}
