//! The proxy of each gateway's app, as the wizard asks for it.

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveGatewayApp } from '../../api/mutations';
import { gatewayApps } from '../../api/queries';
import type { GatewayApp } from '../../bindings/GatewayApp';
import { ErrorBox } from '../../components/error-box';
import { toFailure } from '../../ipc/errors';
import { proxyProblem } from '../shops/gateway-form';
import { Row, Section } from './section';

/** Nothing before there is an app: the wizard asks for its proxy when it is entered. */
export function NetworkSection() {
  const { t } = useTranslation();
  const { data: apps = [], error, refetch } = useQuery(gatewayApps);
  if (apps.length === 0 && !error) return null;
  return (
    <Section title={t('settings.network')}>
      {error && <ErrorBox failure={toFailure(error)} on={{ retry: () => void refetch() }} />}
      {apps.length > 0 && <p className="py-2.5 text-muted">{t('wizard.proxy_hint')}</p>}
      {apps.map((app) => (
        <ProxyRow key={app.id} app={app} />
      ))}
    </Section>
  );
}

/** It is saved when the field is left or Enter is pressed; a sync that runs already goes on as it began. */
function ProxyRow({ app }: { app: GatewayApp }) {
  const { t } = useTranslation();
  const save = useSaveGatewayApp();
  const stored = app.proxy ?? '';
  const [proxy, setProxy] = useState(stored);
  useEffect(() => setProxy(stored), [stored]);
  // An address that is still being typed is not wrong yet.
  const [isTyping, setTyping] = useState(false);
  const problem = isTyping ? null : proxyProblem(proxy);

  const store = () => {
    const { gateway, dialect, base_url, app_key, redirect_uri } = app;
    const entered = proxy.trim() || null;
    save.mutate({ gateway, dialect, base_url, app_key, redirect_uri, app_secret: null, proxy: entered });
  };
  const enter = () => {
    setTyping(false);
    if (proxyProblem(proxy) === null && proxy.trim() !== stored) store();
  };

  const appWords = t('wizard.stored_app', { key: app.app_key });
  return (
    <div>
      <Row
        wide
        label={`${t('wizard.proxy')} · ${t(`gateway.${app.gateway}`)}`}
        note={app.gateway === 'custom' ? `${appWords} · ${app.base_url}` : appWords}
        problem={problem ? t(`wizard.proxy_${problem}`) : undefined}
      >
        {(id) => (
          <input
            id={id}
            data-testid={`setting-proxy-${app.id}`}
            aria-describedby={`${id}-note`}
            aria-invalid={problem ? true : undefined}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={t('settings.proxy_system')}
            value={proxy}
            onChange={(event) => {
              save.reset();
              setTyping(true);
              setProxy(event.target.value);
            }}
            onBlur={() => isTyping && enter()}
            onKeyDown={(event) => event.key === 'Enter' && enter()}
            className="h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 transition-calm hover:border-faint"
          />
        )}
      </Row>
      {save.error && (
        <div className="pb-2.5">
          <ErrorBox failure={toFailure(save.error)} app={app} on={{ retry: store }} />
        </div>
      )}
    </div>
  );
}
