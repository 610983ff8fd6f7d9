//! A proxy for the gateway, folded away until somebody wants one.

import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../components/field';
import { proxyProblem } from './gateway-form';

/** Unfolds the field and puts the cursor into it. */
export function showProxy(input: HTMLInputElement | null) {
  const fold = input?.closest('details');
  if (fold) fold.open = true;
  input?.focus();
}

interface ProxyFieldProps {
  ref: RefObject<HTMLInputElement | null>;
  proxy: string;
  onChange: (proxy: string) => void;
}

export function ProxyField({ ref, proxy, onChange }: ProxyFieldProps) {
  const { t } = useTranslation();
  const [unfolded, setUnfolded] = useState(false);
  // An address that is still being typed is not wrong yet.
  const [isTyping, setTyping] = useState(false);
  const problem = isTyping ? null : proxyProblem(proxy);
  return (
    <details open={unfolded || proxy !== ''} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm text-muted select-none hover:text-text">
        {t('wizard.proxy_open')}
      </summary>
      <div className="mt-2">
        <TextField
          ref={ref}
          label={t('wizard.proxy')}
          hint={t('wizard.proxy_hint')}
          problem={problem ? t(`wizard.proxy_${problem}`) : undefined}
          data-testid="proxy"
          placeholder="socks5://127.0.0.1:1080"
          value={proxy}
          onFocus={() => setTyping(true)}
          onBlur={() => setTyping(false)}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </details>
  );
}
