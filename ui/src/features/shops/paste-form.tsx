//! Takes a token, a code or a redirected address; shows what it opens before anything is stored.

import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCheckPasted, useConfirmPasted } from '../../api/mutations';
import type { Authorization } from '../../bindings/Authorization';
import type { GatewayApp } from '../../bindings/GatewayApp';
import type { PastedCheck } from '../../bindings/PastedCheck';
import { Button } from '../../components/button';
import { ErrorBox } from '../../components/error-box';
import { TextArea } from '../../components/field';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { PortalLine, SELLER_CENTER } from './portal-line';
import { ScopeList } from './scope-list';

interface PasteFormProps {
  app: GatewayApp;
  shopId: string | null;
  focus: boolean;
  onAuthorized: (shopCount: number) => void;
  onCheckGateway: () => void;
  onSetProxy: () => void;
}

export function PasteForm(props: PasteFormProps) {
  const { app, shopId, focus, onAuthorized } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const check = useCheckPasted();
  const confirm = useConfirmPasted();

  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);

  const runCheck = () => {
    confirm.reset();
    check.mutate({ app: app.id, text: text.trim(), shop_id: shopId });
  };
  const runConfirm = ({ ticket }: PastedCheck) =>
    confirm.mutate({ ticket }, { onSuccess: (added) => onAuthorized(added.length) });
  const failure = check.error ?? confirm.error;

  return (
    <section className="flex flex-col gap-3">
      <TextArea
        ref={box}
        label={t('wizard.paste')}
        hint={t('wizard.paste_hint')}
        data-testid="paste-text"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          check.reset();
          confirm.reset();
        }}
      />
      <PortalLine label={t('wizard.token_at')} address={SELLER_CENTER[app.gateway]} />
      {failure && (
        <ErrorBox
          failure={toFailure(failure)}
          app={app}
          on={{ retry: runCheck, check_gateway: props.onCheckGateway, set_proxy: props.onSetProxy }}
        />
      )}
      {check.data && <Checked shops={check.data.shops} />}
      <div className="flex justify-end">
        {check.data ? (
          <Button
            variant="primary"
            data-testid="paste-confirm"
            busy={confirm.isPending}
            onClick={() => runConfirm(check.data)}
          >
            {shopId ? t('wizard.confirm_again') : t('wizard.confirm', { count: check.data.shops.length })}
          </Button>
        ) : (
          <Button
            data-testid="paste-check"
            disabled={text.trim() === ''}
            busy={check.isPending}
            onClick={runCheck}
          >
            {t('wizard.check')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Checked({ shops }: { shops: readonly Authorization[] }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2" role="status">
      <p className="font-medium">{t('wizard.checked')}</p>
      <ul className="flex flex-col gap-2">
        {shops.map((shop) => (
          <CheckedShop key={shop.remote_id} shop={shop} />
        ))}
      </ul>
    </div>
  );
}

function CheckedShop({ shop }: { shop: Authorization }) {
  const { t } = useTranslation();
  const format = useFormat();
  const expiry =
    shop.expires_at === null
      ? t('wizard.no_expiry')
      : t('wizard.valid_until', { date: format.exactTime(shop.expires_at) });
  return (
    <li
      data-testid="checked-shop"
      className="flex flex-col gap-1 rounded-md border border-line-strong px-3 py-2"
    >
      <span className="font-medium">{shop.name ?? t('shop.unnamed', { id: shop.remote_id })}</span>
      <span className="text-muted">
        {[shop.remote_id, format.region(shop.region), t(`mall_type.${shop.mall_type}`), expiry]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <div className="text-muted">
        {t('shop.all_permissions', { count: shop.scopes.length })}
        <ScopeList scopes={shop.scopes} />
      </div>
    </li>
  );
}
