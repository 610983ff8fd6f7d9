//! Where on the platform's own pages the seller finds what is asked for.

import { useTranslation } from 'react-i18next';
import type { Gateway } from '../../bindings/Gateway';
import { CopyButton } from '../../components/copy-button';

/** Where an app is registered and shows its key and secret. */
export const DEVELOPER_PORTAL: Record<Gateway, string | null> = {
  us: 'https://partner-us.temu.com',
  eu: 'https://partner-eu.temu.com',
  global: 'https://partner.temu.com',
  custom: null,
};

/** Where a shop's access token is shown for copying. */
export const SELLER_CENTER: Record<Gateway, string | null> = {
  us: 'https://seller.temu.com/open-platform/client-manage',
  eu: 'https://seller-eu.temu.com/open-platform/client-manage',
  global: 'https://agentseller.temu.com/open-platform/system-manage/client-manage',
  custom: null,
};

export function PortalLine({ label, address }: { label: string; address: string | null }) {
  const { t } = useTranslation();
  if (address === null) return null;
  return (
    <p className="flex items-center gap-1 text-muted">
      {label}
      <span className="truncate text-text select-text">{address}</span>
      <CopyButton text={address} what={t('wizard.portal_address')} />
    </p>
  );
}
