//! Every run: when, why, what it brought, and where it failed what to do about it.

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import { shops, syncRuns } from '../../api/queries';
import { Empty } from '../../components/empty';
import { ErrorBox } from '../../components/error-box';
import { Choice } from '../../components/field';
import { PageHeader } from '../../components/page-header';
import { toFailure } from '../../ipc/errors';
import { SyncRunRow } from './sync-run-row';
import { SyncTabs } from './sync-tabs';

export interface SyncLogSearch {
  shop?: string;
}

export const validateSyncLogSearch = (search: Record<string, unknown>): SyncLogSearch => ({
  shop: typeof search.shop === 'string' ? search.shop : undefined,
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
  const { shop }: SyncLogSearch = useSearch({ strict: false });
  const cards = useQuery(shops).data ?? [];
  const runs = useQuery(syncRuns(shop ?? null));
  const sync = useStartSync();
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <PageHeader
        title={t('sync.log_title')}
        strip={<SyncTabs />}
        end={
          <div className="w-52">
            <Choice
              aria-label={t('column.shop')}
              value={shop ?? ''}
              onChange={(event) =>
                void navigate({ to: '/sync', search: { shop: event.target.value || undefined } })
              }
            >
              <option value="">{t('sync.all_shops')}</option>
              {cards.map((card) => (
                <option key={card.shop.shop_id} value={card.shop.shop_id}>
                  {card.shop.name}
                </option>
              ))}
            </Choice>
          </div>
        }
      />
      {runs.error && (
        <div className="mx-auto w-full max-w-[560px] p-6">
          <ErrorBox failure={toFailure(runs.error)} on={{ retry: () => void runs.refetch() }} />
        </div>
      )}
      {runs.data?.length === 0 && (
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
        </section>
      )}
    </div>
  );
}
