import {
  Ban,
  CalendarClock,
  type LucideIcon,
  MapPin,
  PenLine,
  ShieldAlert,
  Tag,
  TriangleAlert,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../../components/badge';

/** The labels that the platform documents, and how pressing they are. */
const KNOWN = {
  soon_to_be_overdue: ['warning', CalendarClock],
  past_due: ['danger', TriangleAlert],
  pending_buyer_cancellation: ['warning', Ban],
  pending_buyer_address_change: ['warning', MapPin],
  pending_risk_control_alert: ['warning', ShieldAlert],
  signature_required_on_delivery: ['neutral', PenLine],
} as const satisfies Record<string, readonly [Tone, LucideIcon]>;

const isKnown = (label: string): label is keyof typeof KNOWN => Object.hasOwn(KNOWN, label);

/** What the platform marks an order with; a label that this version does not know keeps its word. */
export function OrderLabels({ labels }: { labels: readonly string[] }) {
  const { t } = useTranslation();
  if (labels.length === 0) return null;
  return (
    <ul aria-label={t('order.labels')} className="flex flex-wrap gap-1.5">
      {labels.map((label) => {
        const [tone, icon] = isKnown(label) ? KNOWN[label] : (['neutral', Tag] as const);
        return (
          <li key={label}>
            <Badge tone={tone} icon={icon}>
              {isKnown(label) ? t(`order_label.${label}`) : label}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}
