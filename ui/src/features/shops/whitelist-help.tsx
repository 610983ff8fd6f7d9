import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shops } from '../../api/queries';
import type { GatewayApp } from '../../bindings/GatewayApp';
import { DEVELOPER_PORTAL, PortalLine } from './portal-line';

/** An app as its portal knows it; it need not be stored yet. */
export type PortalApp = Pick<GatewayApp, 'gateway' | 'app_key'>;

interface WhitelistHelpProps {
  /** The app, or the shop whose app it is. */
  app: PortalApp | undefined;
  shopId: string | undefined;
}

/** How an app comes to allow this computer's address. */
export function WhitelistHelp({ app: given, shopId }: WhitelistHelpProps) {
  const { t } = useTranslation();
  const cards = useQuery(shops).data;
  const app = given ?? cards?.find(({ shop }) => shop.shop_id === shopId)?.app;
  if (!app) return null;
  const portal = DEVELOPER_PORTAL[app.gateway];
  return (
    <details className="w-full" data-testid="whitelist-help">
      <summary className="w-fit rounded-sm text-muted select-none hover:text-text">
        {t('whitelist.how')}
      </summary>
      <ol className="mt-1.5 flex list-decimal flex-col gap-1 pl-5">
        {portal && (
          <li>
            {t('whitelist.portal')}
            <PortalLine label="" address={portal} />
          </li>
        )}
        <li className="break-words">{t('whitelist.app', { key: app.app_key })}</li>
        <li>{t('whitelist.address')}</li>
        <li>{t('whitelist.again')}</li>
      </ol>
    </details>
  );
}
