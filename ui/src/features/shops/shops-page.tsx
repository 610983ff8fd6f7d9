import { useQuery } from '@tanstack/react-query';
import { Plus, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import { shops } from '../../api/queries';
import { Button } from '../../components/button';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { toFailure } from '../../ipc/errors';
import { useOpen } from '../../shell/open-dialog';
import { ShopCardView } from './shop-card';

export function ShopsPage() {
  const { t } = useTranslation();
  const open = useOpen();
  const cards = useQuery(shops);
  const sync = useStartSync();
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex items-center justify-between gap-4 border-b border-line px-4 py-3">
        <h1 className="text-lg font-semibold">{t('shop.title')}</h1>
        <div className="flex gap-2">
          <Button data-testid="sync-all" busy={sync.isPending} onClick={() => sync.start([])}>
            <Icon of={RefreshCw} />
            {t('action.sync_now')}
          </Button>
          <Button variant="primary" data-testid="add-shop" onClick={() => open.authorize()}>
            <Icon of={Plus} />
            {t('action.add_shop')}
          </Button>
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        {cards.error && (
          <ErrorBox failure={toFailure(cards.error)} on={{ retry: () => void cards.refetch() }} />
        )}
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(350px,1fr))] items-start gap-4">
          {cards.data?.map((card) => (
            <ShopCardView key={card.shop.shop_id} card={card} />
          ))}
        </ul>
      </div>
    </div>
  );
}
