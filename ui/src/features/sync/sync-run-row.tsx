import { useTranslation } from 'react-i18next';
import type { SyncRun } from '../../bindings/SyncRun';
import { ErrorBox } from '../../components/error-box';
import { ShopName } from '../../components/shop-name';
import { RunResultBadge } from '../../components/status-badge';
import { useFormat } from '../../format/use-format';
import { failureOfRun } from './run-failure';

const CELL = 'h-9 px-3 whitespace-nowrap first:pl-4 last:pr-4';

export function SyncRunRow({ run, columns }: { run: SyncRun; columns: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const failure = failureOfRun(run);
  const line = failure ? '' : 'border-b border-line';
  const text = (value: string) => <td className={`${CELL} ${line} text-muted`}>{value}</td>;
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
        {text(t(`trigger.${run.trigger}`))}
        {text(
          run.window_start === null || run.window_end === null
            ? '—'
            : t('activity.range', { from: format.time(run.window_start), to: format.time(run.window_end) }),
        )}
        {text(run.finished_at === null ? '—' : `${format.number(run.finished_at - run.started_at)} s`)}
        {count(run.pages)}
        {count(run.counts.new)}
        {count(run.counts.changed)}
        {count(run.counts.unchanged)}
        {count(run.counts.quarantined)}
        <td className={`${CELL} ${line}`}>
          <RunResultBadge result={run.result} />
        </td>
      </tr>
      {failure && (
        <tr>
          <td colSpan={columns} className="border-b border-line px-4 pb-3">
            <div className="max-w-[720px]">
              <ErrorBox failure={failure} shopId={run.shop_id} />
            </div>
          </td>
        </tr>
      )}
    </>
  );
}
