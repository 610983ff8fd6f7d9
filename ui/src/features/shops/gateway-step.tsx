//! Step 1: where the shop is, and the app's key and secret, entered once.

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveGatewayApp, useTestGatewayApp } from '../../api/mutations';
import { appInfo } from '../../api/queries';
import type { ConnectionReport } from '../../bindings/ConnectionReport';
import type { GatewayApp } from '../../bindings/GatewayApp';
import { Button } from '../../components/button';
import { ErrorBox } from '../../components/error-box';
import { ChoiceField, TextField } from '../../components/field';
import { toFailure } from '../../ipc/errors';
import { ConnectionNote } from './connection-note';
import {
  type AppForm,
  emptyForm,
  formOf,
  isComplete,
  knownSecret,
  saveArguments,
  storedApp,
  takesRedirect,
} from './gateway-form';
import { GatewayPicker } from './gateway-picker';
import { DEVELOPER_PORTAL, PortalLine } from './portal-line';
import { ProxyField, showProxy } from './proxy-field';
import { RedirectFields } from './redirect-fields';

interface GatewayStepProps {
  apps: readonly GatewayApp[];
  initial: GatewayApp | undefined;
  /** Authorizing again keeps the shop's gateway. */
  fixedGateway: boolean;
  /** Whether it was opened for its proxy. */
  forProxy: boolean;
  onNext: (app: GatewayApp) => void;
}

export function GatewayStep({ apps, initial, fixedGateway, forProxy, onNext }: GatewayStepProps) {
  const { t } = useTranslation();
  const environmentKey = useQuery(appInfo).data?.environment_app_key ?? null;
  const start = initial ?? apps[0];
  const [form, setForm] = useState<AppForm>(start ? formOf(start) : emptyForm('us', environmentKey));
  const [report, setReport] = useState<ConnectionReport | null>(null);
  const save = useSaveGatewayApp();
  const test = useTestGatewayApp();
  const proxy = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (forProxy) showProxy(proxy.current);
  }, [forProxy]);

  const stored = storedApp(form, apps);
  const secret = knownSecret(form, stored, environmentKey);
  const complete = isComplete(form, secret);
  const change = (next: Partial<AppForm>) => {
    setReport(null);
    save.reset();
    test.reset();
    setForm((now) => ({ ...now, ...next }));
  };
  const saved = (then: (app: GatewayApp) => void) =>
    save.mutate(saveArguments(form, stored), { onSuccess: then });
  const runTest = () => {
    setReport(null);
    test.reset();
    saved((app) => test.mutate({ app: app.id }, { onSuccess: setReport }));
  };
  const failure = save.error ?? test.error;

  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) saved(onNext);
      }}
    >
      <GatewayPicker
        gateway={form.gateway}
        disabled={fixedGateway}
        onChange={(gateway) => {
          const known = apps.find((app) => app.gateway === gateway);
          change(known ? formOf(known) : emptyForm(gateway, environmentKey));
        }}
      />
      <StoredApps apps={apps} form={form} stored={stored} onChange={change} />
      {form.gateway === 'custom' && (
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t('wizard.base_url')}
            hint={t('wizard.base_url_hint')}
            data-testid="base-url"
            placeholder="https://"
            value={form.baseUrl}
            onChange={(event) => change({ baseUrl: event.target.value })}
          />
          <ChoiceField
            label={t('wizard.dialect')}
            data-testid="dialect"
            value={form.dialect}
            onChange={(event) =>
              change({ dialect: event.target.value === 'guide' ? 'guide' : 'open-platform' })
            }
          >
            <option value="guide">{t('dialect.guide')}</option>
            <option value="open-platform">{t('dialect.open-platform')}</option>
          </ChoiceField>
        </div>
      )}
      <div className="flex flex-col gap-2">
        <div className="grid grid-cols-2 gap-4">
          <TextField
            label={t('wizard.app_key')}
            data-testid="app-key"
            value={form.appKey}
            onChange={(event) => change({ appKey: event.target.value.trim() })}
          />
          <TextField
            label={t('wizard.app_secret')}
            data-testid="app-secret"
            type="password"
            autoComplete="new-password"
            placeholder={secret === null ? '' : t(`wizard.secret_${secret}`)}
            value={form.appSecret}
            onChange={(event) => change({ appSecret: event.target.value.trim() })}
          />
        </div>
        <p className="text-muted">{t('wizard.app_hint')}</p>
        <PortalLine label={t('wizard.portal')} address={DEVELOPER_PORTAL[form.gateway]} />
      </div>
      {takesRedirect(form) && (
        <RedirectFields redirectUri={form.redirectUri} onChange={(redirectUri) => change({ redirectUri })} />
      )}
      <ProxyField ref={proxy} proxy={form.proxy} onChange={(proxy) => change({ proxy })} />
      {report && <ConnectionNote report={report} />}
      {failure && (
        <ErrorBox
          failure={toFailure(failure)}
          app={{ gateway: form.gateway, app_key: form.appKey }}
          on={{ retry: runTest, set_proxy: () => showProxy(proxy.current) }}
        />
      )}
      <div className="flex justify-end gap-2">
        <Button data-testid="test-connection" disabled={!complete} busy={test.isPending} onClick={runTest}>
          {t('wizard.test')}
        </Button>
        <Button
          type="submit"
          variant="primary"
          data-testid="wizard-next"
          disabled={!complete || test.isPending}
          busy={save.isPending}
        >
          {t('action.next')}
        </Button>
      </div>
    </form>
  );
}

/** The apps that were entered before for the chosen gateway. */
function StoredApps({
  apps,
  form,
  stored,
  onChange,
}: {
  apps: readonly GatewayApp[];
  form: AppForm;
  stored: GatewayApp | undefined;
  onChange: (form: AppForm) => void;
}) {
  const { t } = useTranslation();
  const offered = apps.filter((app) => app.gateway === form.gateway);
  if (offered.length === 0) return null;
  return (
    <ChoiceField
      label={t('wizard.app')}
      value={stored?.id ?? ''}
      onChange={(event) => {
        const app = offered.find(({ id }) => String(id) === event.target.value);
        onChange(app ? formOf(app) : emptyForm(form.gateway, null));
      }}
    >
      {offered.map((app) => (
        <option key={app.id} value={app.id}>
          {t('wizard.stored_app', { key: app.app_key })} · {app.base_url}
        </option>
      ))}
      <option value="">{t('wizard.another_app')}</option>
    </ChoiceField>
  );
}
