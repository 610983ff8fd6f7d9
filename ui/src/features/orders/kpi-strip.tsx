import { AlarmClock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StatusCount } from '../../bindings/StatusCount';
import { Icon } from '../../components/icon';
import { useListSearch } from '../../components/list/list-page';
import { TO_SHIP } from '../../components/list/list-search';
import { useFormat } from '../../format/use-format';

const KPIS = ['all', 'to_ship', 'due_soon', 'overdue', 'shipped', 'delivered', 'canceled'] as const;
type Kpi = (typeof KPIS)[number];

/** The statuses that each number counts and filters by. */
const STATUSES_OF: Record<Kpi, readonly string[]> = {
  all: [],
  to_ship: TO_SHIP,
  due_soon: ['due_soon'],
  overdue: ['overdue'],
  shipped: ['shipped', 'partially_delivered'],
  delivered: ['delivered'],
  canceled: ['canceled'],
};

/** Deadlines are counted beside the statuses, so they do not belong to the sum of all. */
const DEADLINES = new Set(['due_soon', 'overdue']);

export function countOf(kpi: Kpi, counts: readonly StatusCount[]): number {
  const belongs = ({ status }: StatusCount) =>
    kpi === 'all' ? !DEADLINES.has(status) : STATUSES_OF[kpi].includes(status);
  return counts.filter(belongs).reduce((sum, { count }) => sum + count, 0);
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word) => other.includes(word));

/** How many orders are in each state; a click filters the list by it. */
export function KpiStrip({ counts }: { counts: readonly StatusCount[] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { search, change } = useListSearch();
  const chosen = search.status ?? [];
  return (
    <fieldset aria-label={t('kpi.label')} className="@container">
      <div className="grid grid-cols-3 gap-1.5 @min-[420px]:grid-cols-4 @min-[640px]:grid-cols-7">
        {KPIS.map((kpi) => {
          const count = counts && countOf(kpi, counts);
          const statuses = STATUSES_OF[kpi];
          const pressed = sameSet(statuses, chosen);
          return (
            <button
              key={kpi}
              type="button"
              data-testid={`kpi-${kpi}`}
              aria-pressed={pressed}
              onClick={() =>
                change({
                  status: statuses.length > 0 ? [...statuses] : undefined,
                  sort: undefined,
                  desc: undefined,
                })
              }
              className="flex min-w-0 flex-col items-start gap-0.5 rounded-md border border-line bg-surface px-2.5 py-1.5 text-left transition-calm hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft"
            >
              <span className="flex max-w-full items-center gap-1 text-xs whitespace-nowrap text-muted">
                <Urgent kpi={kpi} count={count} />
                <span className="truncate">{t(`kpi.${kpi}`)}</span>
              </span>
              <span className="text-lg leading-5 font-semibold">
                {count === undefined ? '–' : format.number(count)}
              </span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

function Urgent({ kpi, count }: { kpi: Kpi; count: number | undefined }) {
  if (!count) return null;
  if (kpi === 'due_soon') return <Icon of={AlarmClock} className="size-3 text-warning" />;
  if (kpi === 'overdue') return <Icon of={TriangleAlert} className="size-3 text-danger" />;
  return null;
}
