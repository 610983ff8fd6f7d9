import { Menu } from '@base-ui/react/menu';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, ExternalLink, KeyRound, Pencil, PlugZap, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCancelSync, useStartSync, useTestShop } from '../../api/mutations';
import { syncState } from '../../api/queries';
import type { ShopCard } from '../../bindings/ShopCard';
import { Button, IconButton } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { ITEM, POPUP } from '../../components/menu';
import { ProgressBar } from '../../components/progress-bar';
import { useToast } from '../../components/toast';
import { useNow } from '../../format/now';
import { useFormat } from '../../format/use-format';
import { useOpen } from '../../shell/open-dialog';
import { progressShare, useProgressWords } from '../sync/progress-words';
import { useConnectionWords } from './connection-note';
import { RemoveDialog } from './remove-dialog';
import { RenameDialog } from './rename-dialog';
import { ShopData } from './shop-data';
import { tokenHealth } from './shop-facts';
import { TestFailure } from './test-failure';
import { TokenLine } from './token-line';
import { useSellerCenter } from './use-seller-center';

export function ShopCardView({ card }: { card: ShopCard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { shop, app } = card;
  const open = useOpen();
  const now = useNow();
  const sync = useStartSync();
  // A custom gateway is known by its address.
  const gateway = app.gateway === 'custom' ? app.base_url : t(`gateway.${app.gateway}`);
  const health = tokenHealth(card, now);
  const dead = health === 'expired' || health === 'revoked';
  const failed = dead ? undefined : card.data.find((state) => state.allowed && state.last_error)?.last_error;

  return (
    <li
      data-testid="shop-card"
      data-shop={shop.shop_id}
      className="flex flex-col gap-3 rounded-lg border border-line p-4"
    >
      <header className="flex items-start justify-between gap-2">
        <div className="flex min-w-0 flex-col">
          <h2 className="truncate text-base font-semibold" title={shop.name}>
            {shop.name}
          </h2>
          <span className="flex items-center gap-1 text-xs text-muted">
            <span className="select-text">{shop.shop_id}</span>
            <CopyButton text={shop.shop_id} what={t('shop.id')} />
          </span>
        </div>
        <CardMenu card={card} />
      </header>
      <div className="flex flex-col gap-1">
        <p>{[format.region(shop.region), t(`mall_type.${shop.mall_type}`)].filter(Boolean).join(' · ')}</p>
        <p className="truncate text-muted" title={app.base_url}>
          {[gateway, t(`dialect.${app.dialect}`)].join(' · ')}
        </p>
        <TokenLine card={card} />
      </div>
      <ShopData card={card} />
      {failed && (
        <ErrorBox failure={failed} shopId={shop.shop_id} on={{ retry: () => sync.start([shop.shop_id]) }} />
      )}
      <div className="mt-auto flex flex-wrap items-center gap-2 pt-1">
        <SyncButton shopId={shop.shop_id} start={sync.start} isPending={sync.isPending} />
        <Button
          variant={dead ? 'primary' : 'secondary'}
          data-testid="authorize-again"
          onClick={() => open.authorize(shop.shop_id)}
        >
          <Icon of={KeyRound} />
          {t('action.authorize_again')}
        </Button>
      </div>
    </li>
  );
}

function SyncButton({
  shopId,
  start,
  isPending,
}: {
  shopId: string;
  start: (shops: string[]) => void;
  isPending: boolean;
}) {
  const { t } = useTranslation();
  const words = useProgressWords();
  const cancel = useCancelSync();
  const toast = useToast();
  const progress = useQuery(syncState).data?.running.find((running) => running.shop_id === shopId);
  if (!progress) {
    return (
      <Button data-testid="sync-now" busy={isPending} onClick={() => start([shopId])}>
        <Icon of={RefreshCw} />
        {t('action.sync_now')}
      </Button>
    );
  }
  return (
    <div className="flex w-full items-center gap-3">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <span className="truncate text-accent">{words(progress)}</span>
        <ProgressBar share={progressShare(progress)} label={words(progress)} />
      </div>
      <Button
        data-testid="cancel-sync"
        busy={cancel.isPending}
        onClick={() => cancel.mutate({ shop_id: shopId }, { onError: toast.failure })}
      >
        {t('action.cancel_sync')}
      </Button>
    </div>
  );
}

function CardMenu({ card: { shop } }: { card: ShopCard }) {
  const { t } = useTranslation();
  const toast = useToast();
  const test = useTestShop();
  const connectionWords = useConnectionWords();
  const openSellerCenter = useSellerCenter(shop.shop_id);
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null);
  const close = () => setDialog(null);
  const runTest = () =>
    test.mutate(
      { shop_id: shop.shop_id },
      { onSuccess: (report) => toast.success(connectionWords(report), shop.name) },
    );
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          render={<IconButton label={t('shop.more', { shop: shop.name })} data-testid="shop-menu" />}
        >
          <Icon of={Ellipsis} />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={4} align="end" className="z-30">
            <Menu.Popup className={POPUP}>
              <Menu.Item className={ITEM} data-testid="test-shop" disabled={test.isPending} onClick={runTest}>
                <Icon of={PlugZap} className="text-muted" />
                {t('shop.test')}
              </Menu.Item>
              {openSellerCenter && (
                <Menu.Item className={ITEM} data-testid="seller-center" onClick={openSellerCenter}>
                  <Icon of={ExternalLink} className="text-muted" />
                  {t('seller_center.open')}
                </Menu.Item>
              )}
              <Menu.Item className={ITEM} data-testid="rename-shop" onClick={() => setDialog('rename')}>
                <Icon of={Pencil} className="text-muted" />
                {t('shop.rename')}
              </Menu.Item>
              <Menu.Item
                className={`${ITEM} text-danger!`}
                data-testid="remove-shop"
                onClick={() => setDialog('remove')}
              >
                <Icon of={Trash2} />
                {t('shop.remove')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {test.error && (
        <TestFailure error={test.error} shopId={shop.shop_id} onRetry={runTest} onClose={test.reset} />
      )}
      {dialog === 'rename' && <RenameDialog shop={shop} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog shop={shop} onClose={close} />}
    </>
  );
}
