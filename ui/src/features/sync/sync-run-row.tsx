import { useTranslation } from 'react-i18next';
import { useStartSync } from '../../api/mutations';
import type { SyncRun } from '../../bindings/SyncRun';
import { ErrorBox } from '../../components/error-box';
import { ShopName } from '../../components/shop-name';
import { RunResultBadge } from '../../components/status-badge';
import { useFormat } from '../../format/use-format';
import { useDurationWords } from './progress-words';
import { failureOfRun } from './run-failure';

const CELL = 'h-9 px-1.5 whitespace-nowrap first:pl-4 last:pr-4';

export function SyncRunRow({ run, columns }: { run: SyncRun; columns: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDurationWords();
  const sync = useStartSync();
  const failure = failureOfRun(run);
  const line = failure ? '' : 'border-b border-line';
  const count = (value: number) => (
    <td className={`${CELL} ${line} text-right ${value === 0 ? 'text-faint' : ''}`}>
      {format.number(value)}
    </td>
  );
  return (
    <>
      <tr data-testid="sync-run" data-result={run.result}>
        <td className={`${CELL} ${line}`} title={format.exactTime(run.started_at)}>
          {format.time(run.started_at)}
        </td>
        <td className={`${CELL} ${line} max-w-40 truncate`}>
          <ShopName shopId={run.shop_id} />
        </td>
        <td className={`${CELL} ${line}`}>{t(`resource.${run.resource}`)}</td>
        <td className={`${CELL} ${line}`}>
          <RunResultBadge result={run.result} />
        </td>
        {count(run.counts.new)}
        {count(run.counts.changed)}
        {count(run.counts.unchanged)}
        {count(run.counts.quarantined)}
        {count(run.pages)}
        <td className={`${CELL} ${line} text-right text-muted`}>
          {run.finished_at === null ? '—' : duration(run.finished_at - run.started_at)}
        </td>
        <td className={`${CELL} ${line} text-muted`}>{t(`trigger.${run.trigger}`)}</td>
        <td className={`${CELL} ${line} text-muted`}>
          {run.window_start === null || run.window_end === null
            ? '—'
            : format.timeRange(run.window_start, run.window_end)}
        </td>
      </tr>
      {failure && (
        <tr>
          <td colSpan={columns} className="border-b border-line px-4 pb-3">
            <details>
              <summary className="w-fit rounded-sm text-danger select-none">
                {t(`error.${failure.code}.title`)}
              </summary>
              <div className="mt-2 max-w-[720px]">
                <ErrorBox
                  failure={failure}
                  shopId={run.shop_id}
                  on={{ retry: () => sync.start([run.shop_id]) }}
                />
              </div>
            </details>
          </td>
        </tr>
      )}
    </>
  );
}
