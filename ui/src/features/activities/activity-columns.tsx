import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '../../bindings/Activity';
import type { ActivityItem } from '../../bindings/ActivityItem';
import { Amount } from '../../components/amount';
import type { Column } from '../../components/grid/column';
import { LineId } from '../../components/line-id';
import { ShopName } from '../../components/shop-name';
import { ActivityStatusBadge } from '../../components/status-badge';
import { useFormat } from '../../format/use-format';
import { ActivityRuns, ActivityTimeLeft, ActivityType, Joined, SignUpUntil } from './activity-facts';

export function useActivityColumns(): readonly Column<Activity>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const piecesIn = (pieces: number | null | undefined) =>
      pieces == null ? <span className="text-faint">—</span> : format.number(pieces);
    return [
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
        line: (activity, index) => <ItemName item={activity.items[index]} />,
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
        line: (activity, index) => piecesIn(activity.items[index]?.quantity),
      },
      {
        key: 'remaining',
        header: t('column.remaining'),
        width: 72,
        rank: 9,
        numeric: true,
        sort: 'remaining',
        cell: (activity) => piecesIn(remainingOf(activity)),
        line: (activity, index) => piecesIn(activity.items[index]?.remaining),
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
    ];
  }, [t, format]);
}

/** Pieces left over all products of the shop; unknown while one of them is. */
function remainingOf({ items }: Activity): number | null {
  if (items.length === 0 || items.some(({ remaining }) => remaining === null)) return null;
  return items.reduce((sum, { remaining }) => sum + (remaining ?? 0), 0);
}

/** A product of the shop, and its price in the activity. */
function ItemName({ item }: { item: ActivityItem | undefined }) {
  const { t } = useTranslation();
  if (!item) return null;
  return (
    <span className="flex min-w-0 items-center gap-4">
      <LineId name={t('column.product_id')} id={item.product_id} />
      {item.activity_price && <Amount money={item.activity_price} />}
    </span>
  );
}
