import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';
import { growthOf, type Range } from './spans';

interface GrowthProps {
  value: number;
  /** `null` where it cannot be compared: not all orders of then are here, or not all amounts are known. */
  before: number | null;
  range: Range;
  /** In a table: a dash where there was nothing before. */
  isShort?: boolean;
}

/** How a number compares to the span before; the words are for hover and readers. */
export function Growth({ value, before, range, isShort = false }: GrowthProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const growth = growthOf(value, before);
  if (growth === undefined) {
    const words = t(before === null ? 'overview.not_comparable' : 'overview.nothing_before');
    return (
      <span className="text-xs text-faint" title={isShort ? words : undefined}>
        {isShort ? '—' : words}
      </span>
    );
  }
  const share = new Intl.NumberFormat(format.language, {
    style: 'percent',
    maximumFractionDigits: Math.abs(growth) < 0.1 ? 1 : 0,
    signDisplay: 'exceptZero',
  }).format(growth);
  const icon = growth > 0 ? ArrowUpRight : growth < 0 ? ArrowDownRight : ArrowRight;
  return (
    <span
      title={t('overview.against', { count: range })}
      className={`inline-flex items-center gap-0.5 text-xs font-medium whitespace-nowrap ${growth > 0 ? 'text-success' : 'text-muted'}`}
    >
      <Icon of={icon} className="size-3.5" />
      {share}
      <span className="sr-only">{t('overview.against', { count: range })}</span>
    </span>
  );
}
