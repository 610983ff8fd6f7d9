import { AlarmClock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StatusCount } from '../../bindings/StatusCount';
import { useFormat } from '../../format/use-format';
import { Icon } from '../icon';
import { useListSearch } from './use-list-search';

/** A number above a list. */
export interface Kpi {
  name: string;
  label: string;
  /** The statuses that it counts and filters by; none for all. */
  statuses: readonly string[];
  /** Time is running out on these. */
  tone?: 'soon' | 'late';
}

/** Deadlines are counted beside the statuses, so they do not belong to the sum of all. */
const DEADLINES = new Set(['due_soon', 'overdue']);

export function countOf({ statuses }: Kpi, counts: readonly StatusCount[]): number {
  const belongs = ({ status }: StatusCount) =>
    statuses.length === 0 ? !DEADLINES.has(status) : statuses.includes(status);
  return counts.filter(belongs).reduce((sum, { count }) => sum + count, 0);
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word) => other.includes(word));

const TONES = { soon: ['text-warning', AlarmClock], late: ['text-danger', TriangleAlert] } as const;

/** How many rows are in each state; a click filters the list by it. */
export function KpiStrip({
  kpis,
  counts,
}: {
  kpis: readonly Kpi[];
  counts: readonly StatusCount[] | undefined;
}) {
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const chosen = search.status ?? [];
  return (
    <fieldset aria-label={t('kpi.label')} className="flex flex-wrap gap-x-0.5">
      {kpis.map((kpi) => (
        <KpiButton
          key={kpi.name}
          kpi={kpi}
          count={counts && countOf(kpi, counts)}
          pressed={sameSet(kpi.statuses, chosen) && !search.risk}
          onPress={() =>
            change({
              status: kpi.statuses.length > 0 ? [...kpi.statuses] : undefined,
              risk: undefined,
              sort: undefined,
              desc: undefined,
              view: undefined,
            })
          }
        />
      ))}
    </fieldset>
  );
}

interface KpiButtonProps {
  kpi: Kpi;
  count: number | undefined;
  pressed: boolean;
  onPress: () => void;
}

function KpiButton({ kpi, count, pressed, onPress }: KpiButtonProps) {
  const format = useFormat();
  const [tone, glyph] = kpi.tone && count ? TONES[kpi.tone] : ['', undefined];
  return (
    <button
      type="button"
      data-testid={`kpi-${kpi.name}`}
      aria-pressed={pressed}
      onClick={onPress}
      className="group flex h-7 items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-muted transition-calm hover:bg-hover hover:text-text aria-pressed:bg-selected aria-pressed:text-text"
    >
      {glyph && <Icon of={glyph} className={`size-3.5 ${tone}`} />}
      <span>{kpi.label}</span>
      <span className={`font-semibold ${tone || (count === 0 ? 'text-faint' : 'text-text')}`}>
        {count === undefined ? '–' : format.number(count)}
      </span>
    </button>
  );
}
