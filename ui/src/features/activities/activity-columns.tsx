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
        width: 200,
        grows: true,
        rank: 0,
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
        width: 104,
        rank: 1,
        sort: 'status',
        cell: (activity) => <ActivityStatusBadge status={activity.status} code={activity.platform_status} />,
      },
      {
        key: 'time_left',
        header: t('column.time_left'),
        width: 156,
        rank: 2,
        sort: 'end_time',
        cell: (activity) => <ActivityTimeLeft activity={activity} />,
      },
      {
        key: 'joined',
        header: t('column.joined'),
        width: 96,
        rank: 3,
        sort: 'joined',
        cell: (activity) => <Joined joined={activity.joined} />,
      },
      {
        key: 'items',
        header: t('column.items'),
        width: 64,
        rank: 6,
        numeric: true,
        sort: 'item_count',
        cell: (activity) => format.number(activity.items.length),
      },
      {
        key: 'type',
        header: t('column.type'),
        width: 120,
        rank: 7,
        sort: 'activity_type',
        cell: (activity) => <ActivityType type={activity.activity_type} />,
      },
      {
        key: 'sign_up',
        header: t('column.sign_up_until'),
        width: 140,
        rank: 4,
        sort: 'enroll_deadline',
        cell: (activity) => <SignUpUntil activity={activity} />,
      },
      {
        key: 'runs',
        header: t('column.runs'),
        width: 200,
        rank: 5,
        sort: 'start_time',
        cell: (activity) => <ActivityRuns activity={activity} />,
      },
      {
        key: 'shop',
        header: t('column.shop'),
        width: 120,
        rank: 8,
        sort: 'shop',
        cell: (activity) => <ShopName shopId={activity.shop_id} />,
      },
    ],
    [t, format],
  );
}
