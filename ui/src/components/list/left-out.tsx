import { Popover } from '@base-ui/react/popover';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../bindings/Resource';
import type { ShopCard } from '../../bindings/ShopCard';
import { exclusionOf } from './freshness';

/** How many shops a list is without, and on request which and why; nothing where it has all. */
export function LeftOut({ cards, resource }: { cards: readonly ShopCard[]; resource: Resource }) {
  const { t } = useTranslation();
  const leftOut = cards.flatMap((card) => {
    const reason = exclusionOf(card, resource);
    return reason ? [{ shop: card.shop, reason }] : [];
  });
  if (leftOut.length === 0) return null;
  const words = t('list.left_out', { count: leftOut.length });
  return (
    <Popover.Root>
      <Popover.Trigger
        data-testid="left-out"
        className="h-6 rounded-sm whitespace-nowrap text-muted underline decoration-dotted underline-offset-4 select-none transition-calm hover:text-text"
      >
        {words}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className="z-30">
          <Popover.Popup
            aria-label={words}
            className="max-h-[min(26rem,var(--available-height))] w-72 overflow-y-auto rounded-lg border border-line bg-raised p-3 shadow-raised outline-none transition-opacity duration-150 data-starting-style:opacity-0"
          >
            <ul className="flex flex-col gap-2">
              {leftOut.map(({ shop, reason }) => (
                <li key={shop.shop_id}>
                  <span className="block truncate font-medium" title={shop.name}>
                    {shop.name}
                  </span>
                  <span className="text-muted">{t(`empty.${reason}`)}</span>
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
