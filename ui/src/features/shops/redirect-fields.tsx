import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField, TextField } from '../../components/field';
import { isRedirect, LEAST_PORT, loopbackRedirect, MOST_PORT, portOf, SCHEME_REDIRECT } from './landing';

type Kind = 'none' | 'scheme' | 'loopback';

const REDIRECTS: Record<Kind, string | null> = {
  none: null,
  scheme: SCHEME_REDIRECT,
  loopback: loopbackRedirect('17890'),
};

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
  const note = useId();
  // A port that is still being typed is not wrong yet.
  const [isTyping, setTyping] = useState(false);
  const isWrong = !isTyping && !isRedirect(redirectUri);
  const kind = kindOf(redirectUri);
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-[1fr_96px] items-end gap-4">
        <ChoiceField
          label={t('wizard.redirect')}
          data-testid="redirect"
          value={kind}
          onChange={(event) => onChange(REDIRECTS[event.target.value as Kind])}
        >
          <option value="none">{t('wizard.redirect_none')}</option>
          <option value="scheme">{t('wizard.redirect_scheme')}</option>
          <option value="loopback">{t('wizard.redirect_loopback')}</option>
        </ChoiceField>
        {kind === 'loopback' && (
          <TextField
            label={t('wizard.port')}
            data-testid="redirect-port"
            inputMode="numeric"
            aria-invalid={isWrong || undefined}
            aria-describedby={note}
            value={portOf(redirectUri)}
            onFocus={() => setTyping(true)}
            onBlur={() => setTyping(false)}
            onChange={(event) =>
              onChange(loopbackRedirect(event.target.value.replace(/\D/g, '').slice(0, 5)))
            }
          />
        )}
      </div>
      <p id={note} className={isWrong ? 'text-danger' : 'text-muted'}>
        {isWrong ? t('wizard.port_wrong', { least: LEAST_PORT, most: MOST_PORT }) : t('wizard.redirect_hint')}
      </p>
    </div>
  );
}
