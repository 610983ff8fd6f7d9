//! Step 2: the browser, or pasting.

import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GatewayApp } from '../../bindings/GatewayApp';
import { Button } from '../../components/button';
import { ErrorBox } from '../../components/error-box';
import { Icon } from '../../components/icon';
import { toFailure } from '../../ipc/errors';
import { takesBrowser } from './landing';
import { PasteForm } from './paste-form';

interface MethodStepProps {
  app: GatewayApp;
  shopId: string | null;
  pasting: boolean;
  beginError: Error | null;
  isBeginning: boolean;
  onBrowser: () => void;
  onBack: () => void;
  onSetProxy: () => void;
  onAuthorized: (shopCount: number) => void;
}

export function MethodStep(props: MethodStepProps) {
  const { t } = useTranslation();
  const { app } = props;
  const browser = takesBrowser(app);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-center justify-between gap-3">
        <p className="min-w-0 truncate text-muted">
          <span className="font-medium text-text">{t(`gateway.${app.gateway}`)}</span>
          {app.gateway === 'custom' && ` · ${app.base_url}`}
          {' · '}
          {t('wizard.stored_app', { key: app.app_key })}
        </p>
        <Button onClick={props.onBack}>{t('action.back')}</Button>
      </div>
      <section className="flex flex-col items-start gap-2">
        <Button
          variant="primary"
          data-testid="authorize-browser"
          disabled={!browser}
          busy={props.isBeginning}
          onClick={props.onBrowser}
        >
          <Icon of={ExternalLink} />
          {t('wizard.browser')}
        </Button>
        <p className="text-muted">{browser ? t('wizard.browser_hint') : t('wizard.browser_unavailable')}</p>
        {props.beginError && (
          <ErrorBox
            failure={toFailure(props.beginError)}
            app={app}
            on={{ retry: props.onBrowser, check_gateway: props.onBack, set_proxy: props.onSetProxy }}
          />
        )}
      </section>
      <div className="flex items-center gap-3 text-xs text-muted">
        <span className="h-px flex-1 bg-line" />
        {t('wizard.or_paste')}
        <span className="h-px flex-1 bg-line" />
      </div>
      <PasteForm
        app={app}
        shopId={props.shopId}
        focus={props.pasting || !browser}
        onAuthorized={props.onAuthorized}
        onCheckGateway={props.onBack}
        onSetProxy={props.onSetProxy}
      />
    </div>
  );
}
