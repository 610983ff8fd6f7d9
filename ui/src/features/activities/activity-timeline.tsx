//! The activities of the coming weeks over time. The list says the same in words.

import { useQuery } from '@tanstack/react-query';
import { CalendarRange } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listStart } from '../../api/list-view';
import type { Activity } from '../../bindings/Activity';
import type { ListQuery } from '../../bindings/ListQuery';
import { Empty } from '../../components/empty';
import { ErrorBox } from '../../components/error-box';
import { rowKey } from '../../components/list/list-search';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { type Bar, placeOf, runOf, type Strip, signUpOf, stripAt } from './time-window';

/** More would be no picture any more. */
const MOST = 200;

interface ActivityTimelineProps {
  query: ListQuery & { resource: 'activities' };
  openKey: string | undefined;
  onOpen: (key: string) => void;
}

export function ActivityTimeline({ query, openKey, onOpen }: ActivityTimelineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const strip = useMemo(() => stripAt(format.now, format.zone), [format.now, format.zone]);
  const { dates } = query;
  const shown = {
    ...query,
    dates: {
      from: Math.max(dates.from ?? strip.from, strip.from),
      to: Math.min(dates.to ?? strip.to - 1, strip.to - 1),
    },
    sort: 'start_time' as const,
    descending: false,
  };
  const read = useQuery(listStart(shown, MOST));
  if (read.error) {
    return (
      <div className="mx-auto w-full max-w-[560px] p-6">
        <ErrorBox failure={toFailure(read.error)} on={{ retry: () => void read.refetch() }} />
      </div>
    );
  }
  if (!read.data) return null;
  if (read.data.length === 0) return <Empty icon={CalendarRange} sentence={t('timeline.nothing')} />;
  return (
    <div className="min-h-0 flex-1 overflow-auto" data-testid="timeline">
      <div className="min-w-[720px]">
        <Weeks strip={strip} />
        <ul className="relative">
          {read.data.map((activity) => {
            const key = rowKey(activity.shop_id, activity.activity_id);
            return (
              <li key={key}>
                <TimelineRow
                  activity={activity}
                  strip={strip}
                  isOpen={key === openKey}
                  onOpen={() => onOpen(key)}
                />
              </li>
            );
          })}
        </ul>
      </div>
      <Legend />
      {read.data.length === MOST && (
        <p className="px-4 pb-4 text-xs text-muted">
          {t('timeline.most', { count: MOST, number: format.number(MOST) })}
        </p>
      )}
    </div>
  );
}

/** Where a week's day would lie beneath the word for today. */
const isClear = (strip: Strip, week: number): boolean =>
  Math.abs(placeOf(strip, strip.now) - placeOf(strip, week)) > 6;

const ROW = 'grid grid-cols-[216px_1fr]';

function Weeks({ strip }: { strip: Strip }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div
      aria-hidden
      className={`${ROW} sticky top-0 z-10 h-8 border-b border-line bg-surface text-xs text-muted`}
    >
      <span />
      <span className="relative mr-4">
        {strip.weeks
          .filter((week) => isClear(strip, week))
          .map((week) => (
            <span key={week} className="absolute top-2 pl-1.5" style={{ left: `${placeOf(strip, week)}%` }}>
              {format.shortDay(week)}
            </span>
          ))}
        <span
          className="absolute top-1.5 -translate-x-1/2 rounded-full bg-accent px-1.5 py-0.5 font-medium text-on-accent"
          style={{ left: `${placeOf(strip, strip.now)}%` }}
        >
          {t('timeline.today')}
        </span>
      </span>
    </div>
  );
}

interface TimelineRowProps {
  activity: Activity;
  strip: Strip;
  isOpen: boolean;
  onOpen: () => void;
}

function TimelineRow({ activity, strip, isOpen, onOpen }: TimelineRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const run = runOf(strip, activity);
  const signUp = signUpOf(strip, activity);
  const { start_time: start, end_time: end, enroll_deadline: deadline } = activity;
  const words = [
    activity.name,
    activity.joined && t('activity.joined'),
    start !== null && end !== null && t('timeline.run', { span: format.timeRange(start, end) }),
    signUp && deadline !== null && t('timeline.sign_up', { time: format.time(deadline) }),
  ].filter(Boolean);
  return (
    <button
      type="button"
      data-testid="timeline-row"
      aria-label={words.join(', ')}
      aria-current={isOpen || undefined}
      title={words.join('\n')}
      onClick={onOpen}
      className={`${ROW} h-9 w-full border-b border-line text-left -outline-offset-2 hover:bg-hover aria-current:bg-selected`}
    >
      <span className="flex min-w-0 items-center pr-3 pl-4">
        <span className="truncate">{activity.name}</span>
      </span>
      <span aria-hidden className="relative mr-4 h-full">
        {strip.weeks.map((week) => (
          <span
            key={week}
            className="absolute inset-y-0 w-px bg-line"
            style={{ left: `${placeOf(strip, week)}%` }}
          />
        ))}
        {signUp && <Window bar={signUp} look="top-[7px] h-1.5 bg-warning" />}
        {run && (
          <Window
            bar={run}
            look={`${signUp ? 'top-4' : 'top-3'} h-3 ${activity.joined ? 'bg-accent' : 'border border-accent bg-accent-soft'}`}
          />
        )}
        <span
          className="absolute inset-y-0 w-px bg-accent"
          style={{ left: `${placeOf(strip, strip.now)}%` }}
        />
      </span>
    </button>
  );
}

const Window = ({ bar, look }: { bar: Bar; look: string }) => (
  <span
    className={`absolute min-w-1 rounded-full ${look}`}
    style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
  />
);

function Legend() {
  const { t } = useTranslation();
  const sign = (look: string, words: string) => (
    <span className="inline-flex items-center gap-1.5">
      <span className={`w-5 rounded-full ${look}`} />
      {words}
    </span>
  );
  return (
    <p aria-hidden className="flex flex-wrap gap-x-5 gap-y-1 px-4 py-3 text-xs text-muted">
      {sign('h-3 bg-accent', t('timeline.legend_joined'))}
      {sign('h-3 border border-accent bg-accent-soft', t('timeline.legend_run'))}
      {sign('h-1.5 bg-warning', t('timeline.legend_sign_up'))}
    </p>
  );
}
