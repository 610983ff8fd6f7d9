//! The parts of an activity that list and panel show alike.

import { Check, Minus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '../../bindings/Activity';
import { useActivityTypeWord } from '../../components/activity-type';
import { Countdown } from '../../components/countdown';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';

export function ActivityType({ type }: { type: string }) {
  const wordOf = useActivityTypeWord();
  return <span className="truncate text-muted">{wordOf(type)}</span>;
}

export function ActivityRuns({ activity }: { activity: Activity }) {
  const format = useFormat();
  const { start_time: start, end_time: end } = activity;
  if (start === null && end === null) return <span className="text-faint">—</span>;
  if (start !== null && end !== null) {
    return <span className="truncate text-muted">{format.timeRange(start, end)}</span>;
  }
  return (
    <span className="truncate text-muted">
      {start === null ? '…' : format.time(start)} – {end === null ? '…' : format.time(end)}
    </span>
  );
}

/** Until it ends while it runs, until it starts before; afterwards it is over. */
export function ActivityTimeLeft({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { start_time: start, end_time: end } = activity;
  if (start !== null && start > format.now) {
    return (
      <span className="text-muted">
        {t('time_left.started_in', { span: format.span(start - format.now) })}
      </span>
    );
  }
  if (activity.status === 'ended' || (end !== null && end <= format.now)) {
    return <span className="text-faint">{t('time_left.over')}</span>;
  }
  return end === null ? <span className="text-faint">—</span> : <Countdown deadline={end} />;
}

/** The end of the sign-up presses only until it is over. */
export function SignUpUntil({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { enroll_deadline: deadline } = activity;
  if (deadline === null) {
    return (
      <span className="text-faint" title={t('activity.unknown_deadline')}>
        —
      </span>
    );
  }
  if (deadline < format.now || activity.joined) {
    return <span className="text-faint">{format.time(deadline)}</span>;
  }
  return <Countdown deadline={deadline} />;
}

export function Joined({ joined }: { joined: boolean }) {
  const { t } = useTranslation();
  return joined ? (
    <span className="inline-flex items-center gap-1 text-success">
      <Icon of={Check} className="size-3.5" />
      {t('activity.joined')}
    </span>
  ) : (
    <span className="inline-flex items-center gap-1 text-faint">
      <Icon of={Minus} className="size-3.5" />
      {t('activity.not_joined')}
    </span>
  );
}
