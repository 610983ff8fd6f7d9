import { Menu as Base } from '@base-ui/react/menu';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, Plus, Store } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ShopCard } from '../bindings/ShopCard';
import { Icon } from '../components/icon';
import { ITEM, Mark, Menu, MenuLine } from '../components/menu';
import { setPreference } from '../preferences/preferences';
import { useOpen } from './open-dialog';
import { useChosenShop } from './use-chosen-shop';

/** Makes the whole window about one shop, or about all. */
export function ShopSwitcher({ cards, folded }: { cards: readonly ShopCard[]; folded: boolean }) {
  const { t } = useTranslation();
  const open = useOpen();
  const navigate = useNavigate();
  const chosen = useChosenShop();
  const name = chosen?.shop.name ?? t('switcher.all', { count: cards.length });
  const choose = (shopId: string | null) => {
    setPreference('shop', shopId);
    // What the address says of shops would come before the choice.
    void navigate({ to: '.', search: (previous) => ({ ...previous, shops: undefined }), replace: true });
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          data-testid="shop-switcher"
          aria-label={t('switcher.label', { name })}
          title={folded ? name : undefined}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 transition-calm group-data-folded/rail:justify-center hover:border-line-strong data-popup-open:border-line-strong"
        >
          <Icon of={Store} className={chosen ? 'text-accent' : 'text-muted'} />
          {!folded && (
            <>
              <span className="min-w-0 flex-1 truncate text-left font-medium">{name}</span>
              <Icon of={ChevronsUpDown} className="size-3.5 text-faint" />
            </>
          )}
        </button>
      }
    >
      <Base.RadioGroup value={chosen?.shop.shop_id ?? ''} onValueChange={(id: string) => choose(id || null)}>
        <Base.RadioItem value="" closeOnClick className={ITEM} data-testid="switch-all">
          <Mark shown={!chosen} />
          {t('switcher.all', { count: cards.length })}
        </Base.RadioItem>
        {cards.map(({ shop }) => (
          <Base.RadioItem
            key={shop.shop_id}
            value={shop.shop_id}
            closeOnClick
            className={ITEM}
            data-testid={`switch-${shop.shop_id}`}
          >
            <Mark shown={shop.shop_id === chosen?.shop.shop_id} />
            <span className="truncate">{shop.name}</span>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
      <MenuLine />
      <Base.Item className={ITEM} onClick={() => open.authorize()}>
        <Icon of={Plus} className="text-muted" />
        {t('action.add_shop')}
      </Base.Item>
    </Menu>
  );
}
