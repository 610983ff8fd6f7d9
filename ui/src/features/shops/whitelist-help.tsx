import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shops } from '../../api/queries';
import { DEVELOPER_PORTAL, PortalLine } from './portal-line';

/** How a shop's app comes to allow this computer's address. */
export function WhitelistHelp({ shopId }: { shopId: string }) {
  const { t } = useTranslation();
  const app = useQuery(shops).data?.find(({ shop }) => shop.shop_id === shopId)?.app;
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
