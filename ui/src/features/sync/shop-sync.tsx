//! One shop in the sync drawer: a line for each kind of data.

import { Hourglass, RefreshCw, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCancelSync, useStartSync } from '../../api/mutations';
import type { DataState } from '../../bindings/DataState';
import type { ShopCard } from '../../bindings/ShopCard';
import type { SyncProgress } from '../../bindings/SyncProgress';
import type { WaitingShop } from '../../bindings/WaitingShop';
import { Button } from '../../components/button';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { ProgressBar } from '../../components/progress-bar';
import { useToast } from '../../components/toast';
import { useFormat } from '../../format/use-format';
import { DataStateIcon, useDataStateWords } from '../shops/data-state';
import { progressShare, rateOf, useProgressWords, useTimeLeftWords } from './progress-words';

interface ShopSyncProps {
  card: ShopCard;
  progress: SyncProgress | undefined;
  waiting: WaitingShop | undefined;
}

export function ShopSync({ card, progress, waiting }: ShopSyncProps) {
  const { t } = useTranslation();
  const sync = useStartSync();
  const { shop } = card;
  const failed = progress
    ? undefined
    : card.data.find((state) => state.allowed && state.last_error)?.last_error;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3" data-testid="shop-sync" data-shop={shop.shop_id}>
      <div className="flex min-h-7 items-center justify-between gap-3">
        <h3 className="truncate font-semibold" title={shop.name}>
          {shop.name}
        </h3>
        {progress ? (
          <StopButton shopId={shop.shop_id} />
        ) : (
          <Button
            variant="quiet"
            size="small"
            data-testid="sync-shop"
            aria-label={t('sync.shop_now', { shop: shop.name })}
            busy={sync.isPending}
            onClick={() => sync.start([shop.shop_id])}
          >
            <Icon of={RefreshCw} className="size-3.5" />
            {t('action.sync_now')}
          </Button>
        )}
      </div>
      <ul className="flex flex-col">
        {card.data.map((state) => (
          <DataLine
            key={state.resource}
            state={state}
            semiManaged={shop.mall_type === 'semi_managed'}
            progress={progress?.resource === state.resource ? progress : undefined}
          />
        ))}
      </ul>
      {waiting && !progress && <WaitingLine waiting={waiting} />}
      {failed && (
        <ErrorBox failure={failed} shopId={shop.shop_id} on={{ retry: () => sync.start([shop.shop_id]) }} />
      )}
    </li>
  );
}

/** A shop that kept failing is left alone for a while; the button above tries it nevertheless. */
function WaitingLine({ waiting }: { waiting: WaitingShop }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p
      data-testid="shop-waiting"
      title={format.exactTime(waiting.try_at)}
      className="flex items-start gap-2 rounded-md bg-warning-soft px-2.5 py-1.5"
    >
      <Icon of={Hourglass} className="mt-0.5 text-warning" />
      <span className="flex flex-col">
        {t('sync.try_at', {
          time: format.time(waiting.try_at),
          reason: t(`error.${waiting.reason.code}.title`),
        })}
        <span className="text-xs text-muted">{t('sync.failures', { count: waiting.failures })}</span>
      </span>
    </p>
  );
}

function StopButton({ shopId }: { shopId: string }) {
  const { t } = useTranslation();
  const cancel = useCancelSync();
  const toast = useToast();
  return (
    <Button
      size="small"
      data-testid="cancel-sync"
      title={t('sync.stop_hint')}
      busy={cancel.isPending}
      onClick={() => cancel.mutate({ shop_id: shopId }, { onError: toast.failure })}
    >
      <Icon of={Square} className="size-3" />
      {t('action.cancel_sync')}
    </Button>
  );
}

interface DataLineProps {
  state: DataState;
  semiManaged: boolean;
  progress: SyncProgress | undefined;
}

function DataLine({ state, semiManaged, progress }: DataLineProps) {
  const { t } = useTranslation();
  const words = useDataStateWords();
  if (progress) return <RunningLine progress={progress} />;
  const { text, title } = words(state, semiManaged);
  return (
    <li className="flex h-7 items-center gap-2">
      <DataStateIcon state={state} />
      <span className="flex-1">{t(`resource.${state.resource}`)}</span>
      <span className="truncate text-muted" title={title}>
        {text}
      </span>
    </li>
  );
}

function RunningLine({ progress }: { progress: SyncProgress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProgressWords();
  const left = useTimeLeftWords()(progress);
  const rate = rateOf(progress);
  return (
    <li className="flex flex-col gap-1 py-1" aria-live="polite">
      <span className="flex items-center gap-2">
        <Icon of={RefreshCw} className="animate-spin text-accent" />
        <span className="flex-1 truncate text-accent">{words(progress)}</span>
        {left && <span className="text-muted">{left}</span>}
      </span>
      <span className="flex flex-col gap-1 pl-6">
        <ProgressBar share={progressShare(progress)} label={words(progress)} />
        <span className="flex justify-between gap-3 text-xs text-muted">
          {t('sync.rows_so_far', {
            new: format.number(progress.counts.new),
            changed: format.number(progress.counts.changed),
            unchanged: format.number(progress.counts.unchanged),
          })}
          {rate !== null && <span>{t('sync.rate', { rows: format.number(rate) })}</span>}
        </span>
      </span>
    </li>
  );
}
