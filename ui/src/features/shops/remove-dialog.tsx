import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRemoveShop, useUndoRemoval } from '../../api/mutations';
import type { Shop } from '../../bindings/Shop';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { useToast } from '../../components/toast';
import { toFailure } from '../../ipc/errors';

/** Says what is deleted before it is. */
export function RemoveDialog({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [keepData, setKeepData] = useState(true);
  const remove = useRemoveShop();
  const undo = useUndoRemoval();
  // The dialog is gone by then: a callback of `mutate` would not be called.
  const bringBack = () =>
    undo
      .mutateAsync({ shop_id: shop.shop_id })
      .then(() => toast.success(t('shop.restored', { name: shop.name })), toast.failure);
  const run = () =>
    remove.mutate(
      { shop_id: shop.shop_id, keep_data: keepData },
      {
        onSuccess: () => {
          toast.undoSoon(t('shop.removed', { name: shop.name }), bringBack);
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t('remove.title', { name: shop.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="danger" data-testid="remove-confirm" busy={remove.isPending} onClick={run}>
            {t('remove.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            data-testid="keep-data"
            checked={keepData}
            onChange={(event) => setKeepData(event.target.checked)}
            className="size-4 accent-accent"
          />
          {t('remove.keep')}
        </label>
        <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
          <li>{t('remove.token')}</li>
          <li>{keepData ? t('remove.data_kept') : t('remove.data_deleted')}</li>
          <li>{t('remove.undo')}</li>
        </ul>
        {remove.error && <ErrorBox failure={toFailure(remove.error)} on={{ retry: run }} />}
      </div>
    </Dialog>
  );
}
