//! Check data: what is stored of a shop against what the platform has, and setting right what differs.

import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCancelSync, useCheckData } from '../../api/mutations';
import { shops, syncState } from '../../api/queries';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { ErrorBox } from '../../components/error-box';
import { ChoiceField } from '../../components/field';
import { PageHeader } from '../../components/page-header';
import { ProgressBar } from '../../components/progress-bar';
import { useToast } from '../../components/toast';
import { useNow } from '../../format/now';
import { toFailure } from '../../ipc/errors';
import { useOpen } from '../../shell/open-dialog';
import { CheckReportTable } from './check-report';
import { progressShare, useProgressWords } from './progress-words';
import { SyncTabs } from './sync-tabs';

const DAY = 86_400;
const SPANS = [7, 30, 90, 365] as const;

export function CheckPage() {
  const { t } = useTranslation();
  const open = useOpen();
  const cards = useQuery(shops).data;
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <PageHeader title={t('sync.log_title')} strip={<SyncTabs />} />
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line">
        {cards?.length === 0 ? (
          <Empty
            icon={ShieldCheck}
            sentence={t('check.no_shop')}
            action={t('action.add_shop')}
            onAction={() => open.authorize()}
          />
        ) : (
          <div className="mx-auto flex max-w-[760px] flex-col gap-5 px-6 pt-5 pb-10">
            <p className="max-w-[64ch] text-muted">{t('check.hint')}</p>
            <CheckForm />
          </div>
        )}
      </div>
    </div>
  );
}

function CheckForm() {
  const { t } = useTranslation();
  const now = useNow();
  const cards = useQuery(shops).data ?? [];
  const [chosen, setChosen] = useState('');
  const [days, setDays] = useState<number>(90);
  const check = useCheckData();
  const shopId = chosen || (cards[0]?.shop.shop_id ?? '');
  const run = (repair: boolean) => check.start({ shop_id: shopId, from: now - days * DAY, to: now, repair });
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-60">
          <ChoiceField
            label={t('column.shop')}
            data-testid="check-shop"
            value={shopId}
            disabled={check.isRunning}
            onChange={(event) => setChosen(event.target.value)}
          >
            {cards.map(({ shop }) => (
              <option key={shop.shop_id} value={shop.shop_id}>
                {shop.name}
              </option>
            ))}
          </ChoiceField>
        </div>
        <div className="w-52">
          <ChoiceField
            label={t('check.span')}
            data-testid="check-span"
            value={days}
            disabled={check.isRunning}
            onChange={(event) => setDays(Number(event.target.value))}
          >
            {SPANS.map((span) => (
              <option key={span} value={span}>
                {t('check.last_days', { count: span })}
              </option>
            ))}
          </ChoiceField>
        </div>
        <Button
          variant="primary"
          data-testid="check-start"
          disabled={shopId === ''}
          busy={check.isRunning}
          onClick={() => run(false)}
        >
          {t('check.start')}
        </Button>
      </div>
      {check.isRunning && <Running shopId={check.asked?.shop_id ?? shopId} />}
      {check.error && check.asked && (
        <ErrorBox
          failure={toFailure(check.error)}
          shopId={check.asked.shop_id}
          on={{ retry: () => check.asked && check.start(check.asked) }}
        />
      )}
      {check.report && (
        <CheckReportTable
          report={check.report}
          repaired={check.asked?.repair ?? false}
          onRepair={() => check.asked && check.start({ ...check.asked, repair: true })}
        />
      )}
    </>
  );
}

function Running({ shopId }: { shopId: string }) {
  const { t } = useTranslation();
  const words = useProgressWords();
  const toast = useToast();
  const cancel = useCancelSync();
  const progress = useQuery(syncState).data?.running.find(
    (running) => running.shop_id === shopId && running.task === 'check',
  );
  const text = progress ? words(progress) : t('check.running');
  return (
    <div className="flex items-center gap-4" aria-live="polite" data-testid="check-running">
      <span className="flex min-w-0 flex-1 flex-col gap-1.5">
        <span className="text-muted">{text}</span>
        <ProgressBar share={progress ? progressShare(progress) : null} label={text} />
      </span>
      <Button
        size="small"
        data-testid="check-stop"
        busy={cancel.isPending}
        onClick={() => cancel.mutate({ shop_id: shopId }, { onError: toast.failure })}
      >
        {t('action.cancel_sync')}
      </Button>
    </div>
  );
}
