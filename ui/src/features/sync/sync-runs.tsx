//! The runs of the sync log, newest first; older ones on request.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleCheck, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import { syncRuns } from '../../api/queries';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { ErrorBox } from '../../components/error-box';
import { toFailure } from '../../ipc/errors';
import { SyncRunRow } from './sync-run-row';
import { useKeptPlace } from './use-kept-place';

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

interface SyncRunsProps {
  shop: string | null;
  problemsOnly: boolean;
  onShowAll: () => void;
}

export function SyncRuns({ shop, problemsOnly, onShowAll }: SyncRunsProps) {
  const { t } = useTranslation();
  const [pages, setPages] = useState(1);
  const log = useQuery({ ...syncRuns(shop, problemsOnly, pages), placeholderData: keepPreviousData });
  const sync = useStartSync();
  const { runs = [], hasOlder = false } = log.data ?? {};
  const { box, rows } = useKeptPlace(runs);
  return (
    <>
      {log.error && (
        <div className="mx-auto w-full max-w-[560px] p-6">
          <ErrorBox failure={toFailure(log.error)} on={{ retry: () => void log.refetch() }} />
        </div>
      )}
      {log.data && runs.length === 0 && problemsOnly && (
        <Empty
          icon={CircleCheck}
          sentence={t('sync.no_problems')}
          action={t('sync.show_all')}
          onAction={onShowAll}
        />
      )}
      {log.data && runs.length === 0 && !problemsOnly && (
        <Empty
          icon={ScrollText}
          sentence={t('sync.log_empty')}
          action={t('action.sync_now')}
          onAction={() => sync.start([])}
        />
      )}
      {runs.length > 0 && (
        <section
          ref={box}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          tabIndex={0}
          aria-label={t('nav.sync')}
          className="min-h-0 flex-1 overflow-auto border-t border-line [overflow-anchor:none]"
        >
          <table className="w-full border-separate border-spacing-0 text-left">
            <thead className="sticky top-0 z-10 bg-surface text-xs text-muted">
              <tr>
                {HEADERS.map((header) => (
                  <th
                    key={header}
                    scope="col"
                    className={`h-8 border-b border-line px-1.5 font-medium whitespace-nowrap first:pl-4 last:pr-4 ${NUMERIC.has(header) ? 'text-right' : ''}`}
                  >
                    {header === 'shop' ? t('column.shop') : t(`sync.${header}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody ref={rows}>
              {runs.map((run) => (
                <SyncRunRow key={run.id} run={run} columns={HEADERS.length} />
              ))}
            </tbody>
          </table>
          {hasOlder && (
            <div className="flex justify-center p-3">
              <Button
                data-testid="older-runs"
                busy={log.isPlaceholderData}
                onClick={() => setPages(pages + 1)}
              >
                {t('sync.show_older')}
              </Button>
            </div>
          )}
        </section>
      )}
    </>
  );
}
