import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRenameShop } from '../../api/mutations';
import type { Shop } from '../../bindings/Shop';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { TextField } from '../../components/field';
import { useToast } from '../../components/toast';
import { toFailure } from '../../ipc/errors';

export function RenameDialog({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [name, setName] = useState(shop.name);
  const rename = useRenameShop();
  const wanted = name.trim();
  const isNew = wanted !== '' && wanted !== shop.name;
  const save = () =>
    rename.mutate(
      { shop_id: shop.shop_id, name: wanted },
      {
        onSuccess: () => {
          toast.success(t('shop.renamed', { name: wanted }));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t('shop.rename')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button variant="primary" disabled={!isNew} busy={rename.isPending} onClick={save}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isNew) save();
        }}
      >
        <TextField
          label={t('shop.name')}
          data-testid="shop-name"
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        {rename.error && <ErrorBox failure={toFailure(rename.error)} on={{ retry: save }} />}
      </form>
    </Dialog>
  );
}
