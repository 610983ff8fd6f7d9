//! The statuses of orders, products and activities, and how syncs end: icon, tone and word.

import {
  Archive,
  Ban,
  CalendarClock,
  Check,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Clock,
  Flag,
  type LucideIcon,
  Package,
  PackageOpen,
  Pencil,
  Play,
  RefreshCw,
  Store,
  Trash2,
  TriangleAlert,
  Truck,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ActivityStatus } from '../bindings/ActivityStatus';
import type { OrderStatus } from '../bindings/OrderStatus';
import type { ProductStatus } from '../bindings/ProductStatus';
import type { RunResult } from '../bindings/RunResult';
import { Badge, type Tone } from './badge';

type Look = readonly [Tone, LucideIcon];

const ORDER: Record<OrderStatus, Look> = {
  pending: ['neutral', Clock],
  unshipped: ['accent', Package],
  partially_shipped: ['accent', PackageOpen],
  shipped: ['neutral', Truck],
  partially_delivered: ['neutral', PackageOpen],
  delivered: ['neutral', CircleCheck],
  canceled: ['neutral', Ban],
  unknown: ['neutral', CircleHelp],
};

const PRODUCT: Record<ProductStatus, Look> = {
  active: ['neutral', Store],
  inactive: ['neutral', Archive],
  incomplete: ['neutral', CircleDashed],
  draft: ['neutral', Pencil],
  deleted: ['neutral', Trash2],
  unknown: ['neutral', CircleHelp],
};

const ACTIVITY: Record<ActivityStatus, Look> = {
  upcoming: ['neutral', CalendarClock],
  running: ['accent', Play],
  ended: ['neutral', Flag],
  unknown: ['neutral', CircleHelp],
};

const RESULT: Record<RunResult, Look> = {
  running: ['accent', RefreshCw],
  complete: ['neutral', Check],
  partial: ['warning', TriangleAlert],
  failed: ['danger', CircleX],
  canceled: ['neutral', Ban],
};

/** An unknown status shows the platform's own code. */
export function OrderStatusBadge({ status, code }: { status: OrderStatus; code: string }) {
  const { t } = useTranslation();
  const [tone, icon] = ORDER[status];
  return (
    <Badge tone={tone} icon={icon}>
      {status === 'unknown' ? code : t(`order_status.${status}`)}
    </Badge>
  );
}

export function ProductStatusBadge({ status, code }: { status: ProductStatus; code: string }) {
  const { t } = useTranslation();
  const [tone, icon] = PRODUCT[status];
  return (
    <Badge tone={tone} icon={icon}>
      {status === 'unknown' ? code : t(`product_status.${status}`)}
    </Badge>
  );
}

export function ActivityStatusBadge({ status, code }: { status: ActivityStatus; code: string }) {
  const { t } = useTranslation();
  const [tone, icon] = ACTIVITY[status];
  return (
    <Badge tone={tone} icon={icon}>
      {status === 'unknown' ? code : t(`activity_status.${status}`)}
    </Badge>
  );
}

export function RunResultBadge({ result }: { result: RunResult }) {
  const { t } = useTranslation();
  const [tone, icon] = RESULT[result];
  return (
    <Badge tone={tone} icon={icon}>
      {t(`run_result.${result}`)}
    </Badge>
  );
}
