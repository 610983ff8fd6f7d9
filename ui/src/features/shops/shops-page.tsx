import { useQuery } from '@tanstack/react-query';
import { Plus, RefreshCw } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import { shops } from '../../api/queries';
import { Button } from '../../components/button';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { PageHeader } from '../../components/page-header';
import { toFailure } from '../../ipc/errors';
import { useOpen } from '../../shell/open-dialog';
import { ShopCardView } from './shop-card';

/** As many cards as a window shows at once. */
const IN_SIGHT = 9;

export function ShopsPage() {
  const { t } = useTranslation();
  const open = useOpen();
  const cards = useQuery(shops);
  const sync = useStartSync();
  // Those further down follow when the first are painted.
  const isWhole = useDeferredValue(true, false);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <PageHeader
        title={t('shop.title')}
        end={
          <>
            <Button size="small" data-testid="sync-all" busy={sync.isPending} onClick={() => sync.start([])}>
              <Icon of={RefreshCw} />
              {t('action.sync_now')}
            </Button>
            <Button size="small" variant="primary" data-testid="add-shop" onClick={() => open.authorize()}>
              <Icon of={Plus} />
              {t('action.add_shop')}
            </Button>
          </>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line p-4">
        {cards.error && (
          <ErrorBox failure={toFailure(cards.error)} on={{ retry: () => void cards.refetch() }} />
        )}
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(320px,100%),1fr))] items-start gap-4">
          {cards.data?.slice(0, isWhole ? undefined : IN_SIGHT).map((card) => (
            <ShopCardView key={card.shop.shop_id} card={card} />
          ))}
        </ul>
      </div>
    </div>
  );
}
