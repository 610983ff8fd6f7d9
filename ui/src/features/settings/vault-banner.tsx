import { useQuery } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useUnlockVault } from '../../api/mutations';
import { vaultStatus } from '../../api/queries';
import type { VaultStatus } from '../../bindings/VaultStatus';
import { Button } from '../../components/button';
import { Icon } from '../../components/icon';
import { useToast } from '../../components/toast';
import { useOpen } from '../../shell/open-dialog';

/** Says that secrets cannot be read now, and what to do; each reason has its own words. */
export function VaultBanner() {
  const vault = useQuery(vaultStatus);
  if (!vault.data || vault.data.readiness === 'ready') return null;
  return <Banner status={vault.data} onRetry={() => void vault.refetch()} isRetrying={vault.isFetching} />;
}

function Banner({
  status,
  onRetry,
  isRetrying,
}: {
  status: VaultStatus;
  onRetry: () => void;
  isRetrying: boolean;
}) {
  const { t } = useTranslation();
  const open = useOpen();
  const unlock = useUnlockVault();
  const toast = useToast();

  const banner = (sentence: string, action: string, onAction: () => void, busy = false) => (
    <div
      role="status"
      data-testid="vault-banner"
      data-readiness={status.readiness}
      className="flex items-center gap-3 border-b border-line bg-warning-soft px-4 py-2"
    >
      <Icon of={LockKeyhole} className="text-warning" />
      <p className="min-w-0 flex-1">{sentence}</p>
      <Button busy={busy} onClick={onAction}>
        {action}
      </Button>
    </div>
  );

  switch (status.readiness) {
    case 'ready':
      return null;
    case 'locked':
      return status.kind === 'passphrase'
        ? banner(t('vault.banner_locked_passphrase'), t('action.unlock_vault'), open.vault)
        : banner(
            t('vault.banner_locked_keychain'),
            t('action.unlock_vault'),
            () => unlock.mutate({ passphrase: null }, { onError: toast.failure }),
            unlock.isPending,
          );
    case 'absent':
      return banner(t('vault.banner_absent'), t('action.choose_vault'), open.vault);
    case 'slow':
      return banner(t('vault.banner_slow'), t('action.retry'), onRetry, isRetrying);
  }
}
