//! One activity with the shop's products in it.

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rowById } from '../../api/list-view';
import type { ActivityItem } from '../../bindings/ActivityItem';
import { Amount } from '../../components/amount';
import { CopyButton } from '../../components/copy-button';
import { ErrorBox } from '../../components/error-box';
import { Facts, NotHere, Panel, PanelSection } from '../../components/panel';
import { ShopName } from '../../components/shop-name';
import { ActivityStatusBadge } from '../../components/status-badge';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { ActivityRuns, ActivityTimeLeft, ActivityType, Joined, SignUpUntil } from './activity-facts';

interface ActivityPanelProps {
  shopId: string;
  activityId: string;
  onClose: () => void;
}

export function ActivityPanel({ shopId, activityId, onClose }: ActivityPanelProps) {
  const { t } = useTranslation();
  const { data: activity, error, refetch } = useQuery(rowById('activities', shopId, activityId));
  return (
    <Panel
      label={t('activity.panel', { id: activityId })}
      testId="activity-panel"
      onClose={onClose}
      head={<h2 className="text-base font-semibold break-words select-text">{activity?.name}</h2>}
    >
      {error && (
        <div className="p-4">
          <ErrorBox failure={toFailure(error)} on={{ retry: () => void refetch() }} />
        </div>
      )}
      {activity === null && <NotHere />}
      {activity && (
        <section className="border-b border-line px-4 py-3">
          <Facts
            facts={[
              [
                t('column.status'),
                <ActivityStatusBadge key="status" status={activity.status} code={activity.platform_status} />,
              ],
              [t('column.time_left'), <ActivityTimeLeft key="left" activity={activity} />],
              [t('column.joined'), <Joined key="joined" joined={activity.joined} />],
              [t('column.type'), <ActivityType key="type" type={activity.activity_type} />],
              [t('column.sign_up_until'), <SignUpUntil key="sign-up" activity={activity} />],
              [t('activity.runs'), <ActivityRuns key="runs" activity={activity} />],
              [t('column.shop'), <ShopName key="shop" shopId={activity.shop_id} />],
              [
                t('column.activity_id'),
                <span key="id" className="flex items-center gap-1">
                  {activity.activity_id}
                  <CopyButton text={activity.activity_id} what={t('activity.id')} />
                </span>,
              ],
            ]}
          />
        </section>
      )}
      {activity && (
        <PanelSection title={t('activity.items')} note={String(activity.items.length)}>
          {activity.items.length === 0 && <p className="text-muted">{t('activity.no_items')}</p>}
          <ul className="flex flex-col divide-y divide-line">
            {activity.items.map((item) => (
              <ItemRow key={`${item.product_id}-${item.sku_id}`} item={item} />
            ))}
          </ul>
        </PanelSection>
      )}
    </Panel>
  );
}

function ItemRow({ item }: { item: ActivityItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const pieces = (count: number | null) => (count === null ? '—' : format.number(count));
  return (
    <li className="flex items-start justify-between gap-3 py-2 first:pt-0 last:pb-0">
      <div className="flex min-w-0 flex-col">
        <span className="flex items-center gap-1">
          <span className="select-text">{item.product_id}</span>
          <CopyButton text={item.product_id} what={t('product.id')} />
        </span>
        {item.sku_id && (
          <span className="text-xs text-muted select-text">
            {t('column.sku')} {item.sku_id}
          </span>
        )}
      </div>
      <div className="flex shrink-0 flex-col items-end">
        <Amount money={item.activity_price} />
        <span className="text-xs text-muted">
          {t('column.quantity')} {pieces(item.quantity)} · {t('column.remaining')} {pieces(item.remaining)}
        </span>
      </div>
    </li>
  );
}
