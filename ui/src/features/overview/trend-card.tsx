import { Link, type LinkProps } from '@tanstack/react-router';
import { ChartNoAxesColumn, Table2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/button';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';
import { parseDay } from '../../format/zone';
import { Growth } from './growth';
import type { Range, TrendDay } from './spans';

const TrendChart = lazy(() => import('./trend-chart'));

interface TrendCardProps {
  name: string;
  title: string;
  days: readonly TrendDay[];
  range: Range;
  full: (value: number) => string;
  short: (value: number) => string;
  /** What a value is counted in, for example a currency. */
  unit?: string;
  /** The list behind the number. */
  link: Pick<LinkProps, 'to' | 'search'>;
  note?: ReactNode;
  /** Whether something is left out of the sums, so that they cannot be compared. */
  hasUnknown?: boolean;
}

/** A number with its trend, as a chart or as the table that says the same. */
export function TrendCard(props: TrendCardProps) {
  const { name, title, days, range, full, short, unit, link, note, hasUnknown = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const sum = days.reduce((so, { value }) => so + value, 0);
  const before = days.reduce<number | null>(
    (so, day) => (so === null || day.before === null ? null : so + day.before),
    0,
  );
  const dayWords = (day: string) => format.shortDay(parseDay(day, format.zone) ?? 0);
  const change = asTable ? t('overview.show_chart', { title }) : t('overview.show_table', { title });
  return (
    <section
      aria-label={title}
      data-testid={`trend-${name}`}
      className="flex min-w-0 flex-col justify-between gap-3 rounded-lg border border-line bg-surface px-4 pt-4 pb-2"
    >
      <header className="flex items-start justify-between gap-3">
        <div className="flex min-w-0 flex-col gap-0.5">
          <h3 className="text-muted">{title}</h3>
          <div className="flex flex-wrap items-baseline gap-x-2">
            <Link
              {...link}
              data-testid={`sum-${name}`}
              className="rounded-sm text-xl font-semibold hover:text-accent hover:underline"
            >
              {full(sum)} {unit && <span className="text-sm font-medium text-muted">{unit}</span>}
            </Link>
            <Growth value={sum} before={hasUnknown ? null : before} range={range} />
          </div>
          {note && <p className="text-xs text-muted">{note}</p>}
        </div>
        <IconButton label={change} data-testid={`twin-${name}`} onClick={() => setAsTable(!asTable)}>
          <Icon of={asTable ? ChartNoAxesColumn : Table2} />
        </IconButton>
      </header>
      {sum === 0 && !before ? (
        <p className="flex h-[168px] items-center justify-center text-muted">{t('overview.no_orders')}</p>
      ) : asTable ? (
        <TrendTable days={days} full={full} dayWords={dayWords} unit={unit ?? title} />
      ) : (
        <Suspense fallback={<div className="h-[168px]" />}>
          <TrendChart days={days} full={full} short={short} dayWords={dayWords} />
        </Suspense>
      )}
    </section>
  );
}

interface TrendTableProps extends Pick<TrendCardProps, 'days' | 'full'> {
  dayWords: (day: string) => string;
  unit: string;
}

/** The newest day first. */
function TrendTable({ days, full, dayWords, unit }: TrendTableProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section tabIndex={0} aria-label={unit} className="h-[168px] overflow-y-auto rounded-sm">
      <table className="w-full">
        <thead className="sticky top-0 bg-surface text-xs text-muted">
          <tr>
            <th className="py-1 text-left font-medium">{t('overview.day')}</th>
            <th className="py-1 text-right font-medium">{unit}</th>
            <th className="py-1 text-right font-medium">{t('overview.before')}</th>
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((day) => (
            <tr key={day.day} className="border-t border-line">
              <td className="py-1">{dayWords(day.day)}</td>
              <td className="py-1 text-right">{full(day.value)}</td>
              <td className="py-1 text-right text-muted">
                {day.before === null ? '—' : full(day.before)}{' '}
                <span className="text-xs">({dayWords(day.dayBefore)})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
