//! Unlocks the secrets of this profile, or chooses where they are kept.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChooseVault, useUnlockVault } from '../../api/mutations';
import { vaultStatus } from '../../api/queries';
import type { VaultChoice } from '../../bindings/VaultChoice';
import type { VaultStatus } from '../../bindings/VaultStatus';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorBox } from '../../components/error-box';
import { TextField } from '../../components/field';
import { toFailure } from '../../ipc/errors';

const SHORTEST_PASSPHRASE = 8;
const CHOICES: readonly VaultChoice[] = ['keychain', 'passphrase', 'memory'];

export function VaultDialog({ onClose }: { onClose: () => void }) {
  const vault = useQuery(vaultStatus);
  if (!vault.data) return null;
  return vault.data.readiness === 'locked' ? (
    <UnlockForm status={vault.data} onClose={onClose} />
  ) : (
    <ChooseForm status={vault.data} onClose={onClose} />
  );
}

function UnlockForm({ status, onClose }: { status: VaultStatus; onClose: () => void }) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const unlock = useUnlockVault();
  const withPassphrase = status.kind === 'passphrase';
  const run = () =>
    unlock.mutate(
      { passphrase: withPassphrase ? passphrase : null },
      { onSuccess: (now) => now.readiness === 'ready' && onClose() },
    );
  return (
    <Dialog title={t('vault.unlock_title')} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <p className="text-muted">
          {withPassphrase ? t('vault.unlock_lead') : t('vault.banner_locked_keychain')}
        </p>
        {withPassphrase && (
          <TextField
            label={t('vault.passphrase_label')}
            type="password"
            data-testid="passphrase"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
        {unlock.error && <ErrorBox failure={toFailure(unlock.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            type="submit"
            variant="primary"
            data-testid="unlock"
            disabled={withPassphrase && passphrase === ''}
            busy={unlock.isPending}
          >
            {t('action.unlock_vault')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ChooseForm({ status, onClose }: { status: VaultStatus; onClose: () => void }) {
  const { t } = useTranslation();
  const noKeychain = status.kind === 'keychain' && status.readiness === 'absent';
  const [kind, setKind] = useState<VaultChoice>(noKeychain ? 'passphrase' : status.kind);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const choose = useChooseVault();

  const tooShort = passphrase.length > 0 && passphrase.length < SHORTEST_PASSPHRASE;
  const differs = again.length > 0 && again !== passphrase;
  const complete =
    kind !== 'passphrase' || (passphrase.length >= SHORTEST_PASSPHRASE && again === passphrase);
  const run = () =>
    choose.mutate({ kind, passphrase: kind === 'passphrase' ? passphrase : null }, { onSuccess: onClose });

  return (
    <Dialog title={t('vault.choose_title')} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) run();
        }}
      >
        <p className="text-muted">{t('vault.choose_lead')}</p>
        <div className="flex flex-col gap-2">
          {CHOICES.map((choice) => (
            <label
              key={choice}
              data-testid={`vault-${choice}`}
              className="flex items-start gap-2.5 rounded-md border border-line-strong px-3 py-2 transition-calm hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="vault"
                checked={kind === choice}
                onChange={() => setKind(choice)}
                className="mt-0.5 accent-accent outline-none"
              />
              <span className="flex flex-col">
                <span className="font-medium">{t(`vault.${choice}`)}</span>
                <span className="text-xs text-muted">{t(`vault.${choice}_hint`)}</span>
              </span>
            </label>
          ))}
        </div>
        {kind === 'passphrase' && (
          <div className="grid grid-cols-2 gap-4">
            <TextField
              label={t('vault.passphrase_new')}
              type="password"
              autoComplete="new-password"
              data-testid="passphrase"
              problem={tooShort ? t('vault.passphrase_short') : undefined}
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
            <TextField
              label={t('vault.passphrase_again')}
              type="password"
              autoComplete="new-password"
              data-testid="passphrase-again"
              problem={differs ? t('vault.passphrase_differs') : undefined}
              value={again}
              onChange={(event) => setAgain(event.target.value)}
            />
          </div>
        )}
        {choose.error && <ErrorBox failure={toFailure(choose.error)} on={{ retry: run }} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            type="submit"
            variant="primary"
            data-testid="choose-vault"
            disabled={!complete}
            busy={choose.isPending}
          >
            {t('vault.choose')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
