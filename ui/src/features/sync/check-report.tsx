//! What a check found, kind of data by kind of data.

import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CheckReport } from '../../bindings/CheckReport';
import type { ResourceCheck } from '../../bindings/ResourceCheck';
import { Button } from '../../components/button';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { useShopName } from '../../components/shop-name';
import { useFormat } from '../../format/use-format';

const KINDS = ['missing', 'changed', 'gone', 'vanished'] as const;

const COLUMNS = ['checked', ...KINDS, 'repaired'] as const;

/** So many are shown without being asked for. */
const FEW = 10;

const differences = (part: ResourceCheck) => KINDS.reduce((sum, kind) => sum + part[kind].count, 0);

interface CheckReportTableProps {
  report: CheckReport;
  /** Whether this check also set right what it found. */
  repaired: boolean;
  onRepair: () => void;
}

export function CheckReportTable({ report, repaired, onRepair }: CheckReportTableProps) {
  const { t } = useTranslation();
  const shopName = useShopName(report.shop_id);
  const found = report.resources.reduce((sum, part) => sum + differences(part), 0);
  const setRight = report.resources.reduce((sum, part) => sum + part.repaired, 0);
  const left = repaired ? found - setRight : found;
  const isWhole = report.resources.every((part) => part.error === null);
  return (
    <section className="flex flex-col gap-3" data-testid="check-report" data-left={left}>
      <h2 className="truncate font-semibold">{shopName}</h2>
      <div className="flex min-h-8 items-center gap-2">
        {left === 0 && isWhole ? (
          <>
            <Icon of={CircleCheck} className="text-success" />
            <p className="font-medium">
              {found === 0 ? t('check.equal') : t('check.set_right', { count: setRight })}
            </p>
          </>
        ) : (
          <>
            <Icon of={TriangleAlert} className="text-warning" />
            <p className="font-medium">
              {left > 0 ? t('check.differ', { count: left }) : t('check.not_whole')}
            </p>
            {left > 0 && (
              <Button
                variant="primary"
                size="small"
                className="ml-auto"
                data-testid="check-repair"
                onClick={onRepair}
              >
                {t('check.repair')}
              </Button>
            )}
          </>
        )}
      </div>
      <table className="w-full border-separate border-spacing-0 text-left">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="h-8 border-b border-line font-medium">
              {t('sync.data')}
            </th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="h-8 border-b border-line pl-3 text-right font-medium">
                {t(`check.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.resources.map((part) => (
            <PartRow key={part.resource} part={part} />
          ))}
        </tbody>
      </table>
      {report.resources.map((part) => (
        <PartDetails key={part.resource} part={part} shopId={report.shop_id} />
      ))}
    </section>
  );
}

function PartRow({ part }: { part: ResourceCheck }) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = [part.checked, ...KINDS.map((kind) => part[kind].count), part.repaired];
  return (
    <tr data-testid="check-part" data-resource={part.resource}>
      <th scope="row" className="h-9 border-b border-line font-normal">
        {t(`resource.${part.resource}`)}
      </th>
      {numbers.map((count, place) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their places
          key={place}
          className={`h-9 border-b border-line pl-3 text-right tabular-nums ${count === 0 ? 'text-faint' : ''}`}
        >
          {format.number(count)}
        </td>
      ))}
    </tr>
  );
}

/** Which rows differ, and why the check of this kind did not come to its end. */
function PartDetails({ part, shopId }: { part: ResourceCheck; shopId: string }) {
  const { t } = useTranslation();
  const named = KINDS.filter((kind) => part[kind].count > 0);
  return (
    <>
      {part.error && <ErrorBox failure={part.error} shopId={shopId} on={{}} />}
      {named.map((kind) => (
        <details key={kind} open={part[kind].count <= FEW}>
          <summary className="w-fit rounded-sm text-muted select-none">
            {t('check.which', {
              data: t(`resource.${part.resource}`),
              kind: t(`check.${kind}`),
              count: part[kind].count,
            })}
          </summary>
          <ul className="mt-1.5 columns-2 gap-6 font-mono text-xs">
            {part[kind].first.map((id) => (
              <li key={id} className="select-text">
                {id}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}
