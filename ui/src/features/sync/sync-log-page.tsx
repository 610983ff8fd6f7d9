//! Every run: when, why, what it brought, and where it failed what to do about it.

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CircleCheck, ScrollText, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import { shops, syncRuns } from '../../api/queries';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { ErrorBox } from '../../components/error-box';
import { Choice } from '../../components/field';
import { Icon } from '../../components/icon';
import { PageHeader } from '../../components/page-header';
import { toFailure } from '../../ipc/errors';
import { SyncRunRow } from './sync-run-row';
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

const NUMERIC = new Set(['pages', 'new', 'changed', 'unchanged', 'quarantined', 'duration']);
const HEADERS = [
  'started',
  'shop',
  'data',
  'result',
  'new',
  'changed',
  'unchanged',
  'quarantined',
  'pages',
  'duration',
  'trigger',
  'window',
] as const;

export function SyncLogPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { shop, problems }: SyncLogSearch = useSearch({ strict: false });
  const cards = useQuery(shops).data ?? [];
  const runs = useInfiniteQuery(syncRuns(shop ?? null, problems ?? false));
  const show = (search: SyncLogSearch) => void navigate({ to: '/sync', search });
  const sync = useStartSync();
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
      {runs.error && (
        <div className="mx-auto w-full max-w-[560px] p-6">
          <ErrorBox failure={toFailure(runs.error)} on={{ retry: () => void runs.refetch() }} />
        </div>
      )}
      {runs.data?.length === 0 && problems && (
        <Empty
          icon={CircleCheck}
          sentence={t('sync.no_problems')}
          action={t('sync.show_all')}
          onAction={() => show({ shop })}
        />
      )}
      {runs.data?.length === 0 && !problems && (
        <Empty
          icon={ScrollText}
          sentence={t('sync.log_empty')}
          action={t('action.sync_now')}
          onAction={() => sync.start([])}
        />
      )}
      {runs.data && runs.data.length > 0 && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          tabIndex={0}
          aria-label={t('nav.sync')}
          className="min-h-0 flex-1 overflow-auto border-t border-line"
        >
          <table className="w-full border-separate border-spacing-0 text-left">
            <thead className="sticky top-0 z-10 bg-surface text-xs text-muted">
              <tr>
                {HEADERS.map((header) => (
                  <th
                    key={header}
                    scope="col"
                    className={`h-8 border-b border-line px-2.5 font-medium whitespace-nowrap first:pl-4 last:pr-4 ${NUMERIC.has(header) ? 'text-right' : ''}`}
                  >
                    {header === 'shop' ? t('column.shop') : t(`sync.${header}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.data.map((run) => (
                <SyncRunRow key={run.id} run={run} columns={HEADERS.length} />
              ))}
            </tbody>
          </table>
          {runs.hasNextPage && (
            <div className="flex justify-center p-3">
              <Button
                data-testid="older-runs"
                busy={runs.isFetchingNextPage}
                onClick={() => void runs.fetchNextPage()}
              >
                {t('sync.show_older')}
              </Button>
            </div>
          )}
        </section>
      )}
    </div>
  );
}
