//! Every run: when, why, what it brought, and where it failed what to do about it.

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { shops } from '../../api/queries';
import { Button } from '../../components/button';
import { Choice } from '../../components/field';
import { Icon } from '../../components/icon';
import { PageHeader } from '../../components/page-header';
import { SyncRuns } from './sync-runs';
import { SyncTabs } from './sync-tabs';

export interface SyncLogSearch {
  shop?: string;
  /** Only runs that failed, as a whole or in part. */
  problems?: true;
}

export const validateSyncLogSearch = (search: Record<string, unknown>): SyncLogSearch => ({
  shop: typeof search.shop === 'string' ? search.shop : undefined,
  problems: search.problems === true || undefined,
});

export function SyncLogPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { shop, problems }: SyncLogSearch = useSearch({ strict: false });
  const cards = useQuery(shops).data ?? [];
  const show = (search: SyncLogSearch) => void navigate({ to: '/sync', search });
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <PageHeader
        title={t('sync.log_title')}
        strip={<SyncTabs />}
        end={
          <div className="flex items-center gap-2">
            <Button
              variant="quiet"
              aria-pressed={problems ?? false}
              className="aria-pressed:bg-selected aria-pressed:text-accent"
              onClick={() => show({ shop, problems: problems ? undefined : true })}
            >
              <Icon of={TriangleAlert} />
              {t('sync.problems_only')}
            </Button>
            <div className="w-52">
              <Choice
                aria-label={t('column.shop')}
                value={shop ?? ''}
                onChange={(event) => show({ shop: event.target.value || undefined, problems })}
              >
                <option value="">{t('sync.all_shops')}</option>
                {cards.map((card) => (
                  <option key={card.shop.shop_id} value={card.shop.shop_id}>
                    {card.shop.name}
                  </option>
                ))}
              </Choice>
            </div>
          </div>
        }
      />
      <SyncRuns
        key={JSON.stringify([shop, problems])}
        shop={shop ?? null}
        problemsOnly={problems ?? false}
        onShowAll={() => show({ shop })}
      />
    </div>
  );
}
