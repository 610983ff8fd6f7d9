import { Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import type { ShopCard } from '../../bindings/ShopCard';
import { useFormat } from '../../format/use-format';
import { Icon } from '../icon';
import { ageOf } from './freshness';
import { LeftOut } from './left-out';

/** How old a list's data is: the oldest of its shops counts. */
export function DataAge({ cards, resource }: { cards: readonly ShopCard[]; resource: Resource }) {
  const { t } = useTranslation();
  const format = useFormat();
  const age = ageOf(cards, resource);
  if (!age) return null;
  const words =
    age.completeThrough === null
      ? t('list.incomplete')
      : t('list.complete_through', { time: format.relative(age.completeThrough) });
  const failed = age.failedShops.map((shop) => t('list.shop_failed', { shop })).join('\n');
  const exact = age.completeThrough === null ? '' : format.exactTime(age.completeThrough);
  return (
    <>
      <LeftOut cards={cards} resource={resource} />
      <span
        data-testid="data-age"
        title={[exact, failed].filter(Boolean).join('\n')}
        className={`inline-flex items-center gap-1.5 whitespace-nowrap ${failed ? 'text-warning' : 'text-muted'}`}
      >
        <Icon of={failed ? TriangleAlert : Clock} className="size-3.5" />
        {words}
      </span>
    </>
  );
}
