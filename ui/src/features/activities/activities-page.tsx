import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '../../bindings/Activity';
import type { ActivityStatus } from '../../bindings/ActivityStatus';
import { ListPage } from '../../components/list/list-page';
import { rowKey, splitRowKey } from '../../components/list/list-search';
import { useListSearch } from '../../components/list/use-list-search';
import { useActivityColumns } from './activity-columns';
import { ActivityPanel } from './activity-panel';
import { ActivityTimeline } from './activity-timeline';
import { AsSwitch } from './as-switch';

const STATUSES: readonly ActivityStatus[] = ['running', 'upcoming', 'ended', 'unknown'];

const COUNTED = ['running', 'upcoming', 'ended'] as const;

/** Sign-up is open, and the shop has not joined yet. */
const AVAILABLE = { enroll: 'from_now', joined: false };
const JOINED = { joined: true };

const keyOf = (activity: Activity): string => rowKey(activity.shop_id, activity.activity_id);
const idOf = (activity: Activity): string => activity.activity_id;
const lineCount = (activity: Activity): number => activity.items.length;

export function ActivitiesPage() {
  const { t } = useTranslation();
  const { search, change } = useListSearch();
  const columns = useActivityColumns();
  const words = useMemo(
    () => ({
      kpis: [
        { name: 'all', label: t('kpi.all'), statuses: [] },
        { name: 'available', label: t('kpi.available'), statuses: [], only: AVAILABLE },
        { name: 'joined', label: t('kpi.joined'), statuses: [], only: JOINED },
        ...COUNTED.map((name) => ({ name, label: t(`activity_status.${name}`), statuses: [name] })),
      ],
      statuses: STATUSES.map((value) => ({ value, label: t(`activity_status.${value}`) })),
    }),
    [t],
  );
  return (
    <ListPage
      resource="activities"
      columns={columns}
      {...words}
      keyOf={keyOf}
      idOf={idOf}
      lineCount={lineCount}
      tools={<AsSwitch />}
      instead={
        search.as === 'timeline'
          ? (query) => (
              <ActivityTimeline query={query} openKey={search.row} onOpen={(row) => change({ row })} />
            )
          : undefined
      }
      panel={panel}
    />
  );
}

function panel(key: string, onClose: () => void) {
  const { shopId, id } = splitRowKey(key);
  return <ActivityPanel key={key} shopId={shopId} activityId={id} onClose={onClose} />;
}
