//! Rows that could not be read: what the platform sent, why it could not be read, and trying again.

import { useQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useRereadQuarantine } from '../../api/mutations';
import { quarantine } from '../../api/queries';
import type { Quarantined } from '../../bindings/Quarantined';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Empty } from '../../components/empty';
import { ErrorBox } from '../../components/error-box';
import { PageHeader } from '../../components/page-header';
import { ShopName } from '../../components/shop-name';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { SyncTabs } from './sync-tabs';

export function AsidePage() {
  const { t } = useTranslation();
  const rows = useQuery(quarantine);
  const reread = useRereadQuarantine();
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <PageHeader
        title={t('sync.log_title')}
        strip={<SyncTabs />}
        end={
          rows.data &&
          rows.data.length > 0 && (
            <Button size="small" data-testid="aside-reread" busy={reread.isPending} onClick={reread.start}>
              {t('aside.reread')}
            </Button>
          )
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line">
        {rows.error && (
          <div className="p-4">
            <ErrorBox failure={toFailure(rows.error)} on={{ retry: () => void rows.refetch() }} />
          </div>
        )}
        {rows.data?.length === 0 && <Empty icon={Inbox} sentence={t('aside.empty')} />}
        {rows.data && rows.data.length > 0 && (
          <div className="mx-auto flex max-w-[860px] flex-col px-6 pt-4 pb-10">
            <p className="max-w-[64ch] pb-3 text-muted">{t('aside.hint')}</p>
            <ul className="divide-y divide-line border-y border-line">
              {rows.data.map((row) => (
                <AsideRow key={`${row.shop_id} ${row.resource} ${row.identity}`} row={row} />
              ))}
            </ul>
          </div>
        )}
      </div>
    </div>
  );
}

function AsideRow({ row }: { row: Quarantined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="py-2.5" data-testid="aside-row">
      <div className="flex items-baseline gap-3">
        <span className="font-mono text-xs select-text">{row.identity}</span>
        <span className="text-muted">{t(`resource.${row.resource}`)}</span>
        <span className="min-w-0 truncate text-muted">
          <ShopName shopId={row.shop_id} />
        </span>
        <span className="ml-auto shrink-0 text-xs text-muted" title={format.exactTime(row.last_seen_at)}>
          {t('aside.last_seen', { time: format.time(row.last_seen_at) })}
        </span>
      </div>
      <p className="mt-0.5 text-warning">{t(`aside.unreadable.${row.resource}`)}</p>
      {/* The core's own words, for whoever looks into it: they are English in every language. */}
      <p lang="en" className="mt-0.5 font-mono text-xs break-words text-muted select-text">
        {row.reason}
      </p>
      <details className="mt-1">
        <summary className="w-fit rounded-sm text-xs text-muted select-none">{t('aside.payload')}</summary>
        <div className="mt-1.5 flex items-start gap-2">
          <pre className="max-h-64 min-w-0 flex-1 overflow-auto rounded-md bg-page p-2.5 font-mono text-xs break-all whitespace-pre-wrap select-text">
            {row.payload}
          </pre>
          <CopyButton text={row.payload} what={t('aside.payload')} />
        </div>
      </details>
    </li>
  );
}
