import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField, TextField } from '../../components/field';
import { loopbackRedirect, portOf, SCHEME_REDIRECT } from './landing';

type Kind = 'none' | 'scheme' | 'loopback';

function kindOf(redirectUri: string | null): Kind {
  if (redirectUri === null) return 'none';
  return redirectUri === SCHEME_REDIRECT ? 'scheme' : 'loopback';
}

interface RedirectFieldsProps {
  redirectUri: string | null;
  onChange: (redirectUri: string | null) => void;
}

/** The redirect address that the app registered in its portal. */
export function RedirectFields({ redirectUri, onChange }: RedirectFieldsProps) {
  const { t } = useTranslation();
  const [port, setPort] = useState(portOf(redirectUri) || '17890');
  const kind = kindOf(redirectUri);
  const addresses: Record<Kind, string | null> = {
    none: null,
    scheme: SCHEME_REDIRECT,
    loopback: loopbackRedirect(port),
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-[1fr_96px] items-end gap-4">
        <ChoiceField
          label={t('wizard.redirect')}
          data-testid="redirect"
          value={kind}
          onChange={(event) => onChange(addresses[event.target.value as Kind])}
        >
          <option value="none">{t('wizard.redirect_none')}</option>
          <option value="scheme">{t('wizard.redirect_scheme')}</option>
          <option value="loopback">{t('wizard.redirect_loopback')}</option>
        </ChoiceField>
        {kind === 'loopback' && (
          <TextField
            label={t('wizard.port')}
            inputMode="numeric"
            value={port}
            onChange={(event) => {
              const digits = event.target.value.replace(/\D/g, '').slice(0, 5);
              setPort(digits);
              onChange(loopbackRedirect(digits));
            }}
          />
        )}
      </div>
      <p className="text-muted">{t('wizard.redirect_hint')}</p>
    </div>
  );
}
