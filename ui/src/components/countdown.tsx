import { AlarmClock, Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Urgency, urgencyOf } from '../format/time';
import { useFormat } from '../format/use-format';
import { Icon } from './icon';

const LOOK: Record<Urgency, readonly [string, typeof Clock]> = {
  calm: ['text-muted', Clock],
  soon: ['text-warning font-medium', AlarmClock],
  late: ['text-danger font-medium', TriangleAlert],
};

/** Time until a deadline: amber under 24 hours, red when late, and never by colour alone. */
export function Countdown({ deadline }: { deadline: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const urgency = urgencyOf(deadline, format.now);
  const [tone, icon] = LOOK[urgency];
  const span = format.span(deadline - format.now);
  const time = format.exactTime(deadline);
  return (
    <span
      role="timer"
      data-urgency={urgency}
      aria-label={
        urgency === 'late' ? t('time_left.late_by', { span, time }) : t('time_left.until', { span, time })
      }
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${tone}`}
      title={time}
    >
      <Icon of={icon} className="size-3.5" />
      {urgency === 'late' ? t('time_left.late', { span }) : span}
    </span>
  );
}
