import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '../../bindings/Activity';
import type { Column } from '../../components/grid/column';
import { ShopName } from '../../components/shop-name';
import { ActivityStatusBadge } from '../../components/status-badge';
import { useFormat } from '../../format/use-format';
import { ActivityRuns, ActivityTimeLeft, ActivityType, Joined, SignUpUntil } from './activity-facts';

export function useActivityColumns(): readonly Column<Activity>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'activity',
        header: t('column.activity'),
        track: 'minmax(160px, 1fr)',
        sort: 'name',
        cell: (activity) => (
          <span className="truncate font-medium" title={activity.name}>
            {activity.name}
          </span>
        ),
      },
      {
        key: 'status',
        header: t('column.status'),
        track: '104px',
        sort: 'status',
        hideBelow: 320,
        cell: (activity) => <ActivityStatusBadge status={activity.status} code={activity.platform_status} />,
      },
      {
        key: 'time_left',
        header: t('column.time_left'),
        track: '156px',
        sort: 'end_time',
        hideBelow: 490,
        cell: (activity) => <ActivityTimeLeft activity={activity} />,
      },
      {
        key: 'joined',
        header: t('column.joined'),
        track: '96px',
        hideBelow: 600,
        cell: (activity) => <Joined joined={activity.joined} />,
      },
      {
        key: 'items',
        header: t('column.items'),
        track: '52px',
        numeric: true,
        hideBelow: 1010,
        cell: (activity) => format.number(activity.items.length),
      },
      {
        key: 'type',
        header: t('column.type'),
        track: '112px',
        sort: 'activity_type',
        hideBelow: 1140,
        cell: (activity) => <ActivityType type={activity.activity_type} />,
      },
      {
        key: 'sign_up',
        header: t('column.sign_up_until'),
        track: '136px',
        sort: 'enroll_deadline',
        hideBelow: 740,
        cell: (activity) => <SignUpUntil activity={activity} />,
      },
      {
        key: 'runs',
        header: t('column.runs'),
        track: '196px',
        sort: 'start_time',
        hideBelow: 950,
        cell: (activity) => <ActivityRuns activity={activity} />,
      },
      {
        key: 'shop',
        header: t('column.shop'),
        track: '112px',
        sort: 'shop',
        hideBelow: 1260,
        cell: (activity) => <ShopName shopId={activity.shop_id} />,
      },
    ],
    [t, format],
  );
}
