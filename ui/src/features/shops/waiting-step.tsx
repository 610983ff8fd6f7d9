//! Waits for the browser, and helps when nothing comes back.

import { LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenAuthorizationPage } from '../../api/mutations';
import type { AuthorizationStarted } from '../../bindings/AuthorizationStarted';
import type { Failure } from '../../bindings/Failure';
import type { GatewayApp } from '../../bindings/GatewayApp';
import type { Landing } from '../../bindings/Landing';
import { Button } from '../../components/button';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { useFormat } from '../../format/use-format';
import { toFailure } from '../../ipc/errors';
import { landingOf, mayChangeLanding } from './landing';

const HELP_AFTER_MILLISECONDS = 5000;

interface WaitingStepProps {
  app: GatewayApp;
  started: AuthorizationStarted;
  failure: Failure | null;
  onRestart: (landing: Landing) => void;
  onPaste: () => void;
  onSetProxy: () => void;
  onCancel: () => void;
}

export function WaitingStep(props: WaitingStepProps) {
  const { app, started, failure, onRestart, onPaste, onCancel } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const openPage = useOpenAuthorizationPage();
  const help = useLater(HELP_AFTER_MILLISECONDS);
  const expired = format.now > started.expires_at;
  const restart = () => onRestart(landingOf(app));

  if (failure) {
    return (
      <div className="flex flex-col gap-4">
        <ErrorBox
          failure={failure}
          app={app}
          on={{
            retry: restart,
            authorize_again: restart,
            paste_instead: onPaste,
            set_proxy: props.onSetProxy,
          }}
        />
        <div className="flex justify-end">
          <Button onClick={onCancel}>{t('action.back')}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-5" data-testid="waiting">
      <div className="flex items-start gap-3">
        <Icon of={LoaderCircle} className="mt-1 animate-spin text-accent" />
        <div className="flex flex-col gap-1">
          <p className="text-base font-semibold">{t('wizard.waiting')}</p>
          <p className="text-muted">
            {expired
              ? t('wizard.expired')
              : t('wizard.waiting_hint', { time: format.time(started.expires_at) })}
          </p>
        </div>
      </div>
      {(help || expired) && (
        <section className="flex flex-col items-start gap-2 rounded-md bg-page p-3">
          <h3 className="font-medium">{t('wizard.nothing_happened')}</h3>
          <div className="flex flex-wrap gap-2">
            {expired ? (
              <Button onClick={restart}>{t('wizard.start_again')}</Button>
            ) : (
              <Button
                data-testid="open-again"
                busy={openPage.isPending}
                onClick={() => openPage.mutate({ authorization_id: started.authorization_id })}
              >
                {t('wizard.open_again')}
              </Button>
            )}
            {mayChangeLanding(app) && (
              <Button data-testid="use-loopback" onClick={() => onRestart('loopback')}>
                {t('wizard.use_loopback')}
              </Button>
            )}
            <Button data-testid="paste-instead" onClick={onPaste}>
              {t('action.paste_instead')}
            </Button>
          </div>
          {openPage.error && <ErrorBox failure={toFailure(openPage.error)} on={{ paste_instead: onPaste }} />}
        </section>
      )}
      <div className="flex justify-end">
        <Button data-testid="cancel-authorization" onClick={onCancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </div>
  );
}

function useLater(milliseconds: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return passed;
}
