import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AlarmClock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { viewCount } from '../../api/list-view';
import type { ListQuery } from '../../bindings/ListQuery';
import type { StatusCount } from '../../bindings/StatusCount';
import { useFormat } from '../../format/use-format';
import { Icon } from '../icon';
import type { ListSearch } from './list-search';
import { useListSearch } from './use-list-search';

type OnlyFilters = Pick<ListSearch, 'enroll' | 'joined'>;

const WITHOUT_ONLY: Record<keyof OnlyFilters, undefined> = { enroll: undefined, joined: undefined };

/** A number above a list. */
export interface Kpi {
  name: string;
  label: string;
  /** The statuses that it counts and filters by; none for all. */
  statuses: readonly string[];
  /** What it filters by instead of statuses; such rows are counted by a question of their own. */
  only?: OnlyFilters;
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

/**
 * How many rows are in each state; a click filters the list by it. Numbers that arrive would push the next button
 * under the pointer, so it shows once all of them are there.
 */
export function KpiStrip({
  kpis,
  counts,
  isPending,
  queryOf,
}: {
  kpis: readonly Kpi[];
  counts: readonly StatusCount[] | undefined;
  /** The counts are still being asked for. */
  isPending: boolean;
  /** The query that an address of this list stands for. */
  queryOf: (search: ListSearch) => ListQuery;
}) {
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const chosen = search.status ?? [];
  // Only a strip that sets these filters takes them away again.
  const without = kpis.some(({ only }) => only) ? WITHOUT_ONLY : {};
  const isChosen = ({ statuses, only }: Kpi) =>
    sameSet(statuses, chosen) &&
    !search.risk &&
    Object.keys(without).every((name) => {
      const key = name as keyof OnlyFilters;
      return search[key] === only?.[key];
    });
  return (
    <fieldset
      aria-label={t('kpi.label')}
      className="flex flex-wrap gap-x-0.5 has-[[data-is-pending]]:invisible"
    >
      {kpis.map((kpi) => {
        const next: ListSearch = {
          ...without,
          ...kpi.only,
          status: kpi.statuses.length > 0 ? [...kpi.statuses] : undefined,
          risk: undefined,
        };
        const button = {
          kpi,
          pressed: isChosen(kpi),
          onPress: () => change({ ...next, sort: undefined, desc: undefined, view: undefined }),
        };
        return kpi.only ? (
          <CountedKpi key={kpi.name} {...button} query={queryOf({ ...search, ...next })} />
        ) : (
          <KpiButton
            key={kpi.name}
            {...button}
            count={counts && countOf(kpi, counts)}
            isPending={isPending}
          />
        );
      })}
    </fieldset>
  );
}

function CountedKpi({
  query,
  ...button
}: Omit<KpiButtonProps, 'count' | 'isPending'> & { query: ListQuery }) {
  const { data, isPending } = useQuery({ ...viewCount(query), placeholderData: keepPreviousData });
  return <KpiButton {...button} count={data} isPending={isPending} />;
}

interface KpiButtonProps {
  kpi: Kpi;
  count: number | undefined;
  isPending: boolean;
  pressed: boolean;
  onPress: () => void;
}

function KpiButton({ kpi, count, isPending, pressed, onPress }: KpiButtonProps) {
  const format = useFormat();
  const [tone, glyph] = kpi.tone && count ? TONES[kpi.tone] : ['', undefined];
  return (
    <button
      type="button"
      data-testid={`kpi-${kpi.name}`}
      data-is-pending={isPending || undefined}
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
