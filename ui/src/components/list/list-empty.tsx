import { useQuery } from '@tanstack/react-query';
import { Inbox, KeyRound, RefreshCw, SearchX, Store } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import { syncState } from '../../api/queries';
import type { Resource } from '../../bindings/Resource';
import type { ShopCard } from '../../bindings/ShopCard';
import { useOpen } from '../../shell/open-dialog';
import { Empty } from '../empty';
import { emptinessOf } from './freshness';

interface ListEmptyProps {
  resource: Resource;
  /** The shops that the list is about. */
  cards: readonly ShopCard[];
  /** The filters in words; empty without any. */
  filters: string;
  onClear: () => void;
}

/** Why the list is empty, and the one thing to do about it. */
export function ListEmpty({ resource, cards, filters, onClear }: ListEmptyProps) {
  const { t } = useTranslation();
  const open = useOpen();
  const sync = useStartSync();
  const running = useQuery(syncState).data?.running ?? [];
  const syncing = running.map((progress) => progress.shop_id);
  const shopIds = cards.map((card) => card.shop.shop_id);

  switch (emptinessOf(cards, resource, { filtered: filters !== '', syncing })) {
    case 'no_shop':
      return (
        <Empty
          icon={Store}
          sentence={t('empty.no_shop')}
          action={t('action.add_shop')}
          onAction={() => open.authorize()}
        />
      );
    case 'semi_managed':
      return (
        <Empty
          icon={Store}
          sentence={t('empty.semi_managed')}
          action={t('empty.go_to_orders')}
          onAction={open.orders}
        />
      );
    case 'scope_missing':
      return (
        <Empty
          icon={KeyRound}
          sentence={t('empty.scope_missing')}
          action={t('action.authorize_again')}
          onAction={() => open.authorize(shopIds[0])}
        />
      );
    case 'first_sync':
      return (
        <Empty
          icon={RefreshCw}
          sentence={t('empty.first_sync')}
          action={t('empty.show_progress')}
          onAction={open.sync}
        />
      );
    case 'never_synced':
      return (
        <Empty
          icon={RefreshCw}
          sentence={t('empty.never_synced')}
          action={t('action.sync_now')}
          onAction={() => sync.start(shopIds)}
        />
      );
    case 'nothing_matches':
      return (
        <Empty
          icon={SearchX}
          sentence={t('empty.nothing_matches', { filters })}
          action={t('filter.clear')}
          onAction={onClear}
        />
      );
    case 'no_rows':
      return (
        <Empty
          icon={Inbox}
          sentence={t(`empty.no_rows.${resource}`)}
          action={t('action.sync_now')}
          onAction={() => sync.start(shopIds)}
        />
      );
  }
}
