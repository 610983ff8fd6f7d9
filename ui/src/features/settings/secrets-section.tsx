import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shops, vaultStatus } from '../../api/queries';
import { Button } from '../../components/button';
import { useOpen } from '../../shell/open-dialog';
import { Section } from './section';

export function SecretsSection() {
  const { t } = useTranslation();
  const open = useOpen();
  const vault = useQuery(vaultStatus).data;
  const cards = useQuery(shops).data;
  const locked = vault?.readiness === 'locked';
  const fixed = cards === undefined || cards.length > 0;
  return (
    <Section title={t('settings.secrets')}>
      <div className="flex items-center justify-between gap-6 py-2.5">
        <div className="flex flex-col gap-0.5">
          <span className="font-medium">{t('settings.vault')}</span>
          {vault ? (
            <span className="text-muted" data-testid="vault-kind" data-kind={vault.kind}>
              {t(`vault.${vault.kind}`)} · {t(`vault.${vault.readiness}`)}
            </span>
          ) : (
            // A keychain may take its time: its line stands already.
            <span>…</span>
          )}
          {fixed && <span className="text-muted">{t('settings.vault_fixed')}</span>}
        </div>
        {locked ? (
          <Button onClick={open.vault}>{t('action.unlock_vault')}</Button>
        ) : (
          <Button disabled={fixed || !vault} data-testid="change-vault" onClick={open.vault}>
            {t('settings.change')}
          </Button>
        )}
      </div>
    </Section>
  );
}
