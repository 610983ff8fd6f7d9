//! What is entered about a gateway's app, and what is saved of it.

import type { Dialect } from '../../bindings/Dialect';
import type { Gateway } from '../../bindings/Gateway';
import type { GatewayApp } from '../../bindings/GatewayApp';
import type { SaveGatewayApp } from '../../bindings/SaveGatewayApp';

export interface AppForm {
  gateway: Gateway;
  dialect: Dialect;
  baseUrl: string;
  appKey: string;
  appSecret: string;
  redirectUri: string | null;
  proxy: string;
}

/** A new app; its key may be set by the environment. */
export const emptyForm = (gateway: Gateway, environmentKey: string | null): AppForm => ({
  gateway,
  dialect: gateway === 'custom' ? 'guide' : 'open-platform',
  baseUrl: '',
  appKey: environmentKey ?? '',
  appSecret: '',
  redirectUri: null,
  proxy: '',
});

export const formOf = (app: GatewayApp): AppForm => ({
  gateway: app.gateway,
  dialect: app.dialect,
  baseUrl: app.gateway === 'custom' ? app.base_url : '',
  appKey: app.app_key,
  appSecret: '',
  redirectUri: app.redirect_uri,
  proxy: app.proxy ?? '',
});

/** The app in the database that the form speaks of: its secret need not be entered again. */
export const storedApp = (form: AppForm, apps: readonly GatewayApp[]): GatewayApp | undefined =>
  apps.find(
    (app) =>
      app.gateway === form.gateway &&
      app.app_key === form.appKey &&
      app.dialect === form.dialect &&
      (form.gateway !== 'custom' || app.base_url === form.baseUrl),
  );

/** Where the app's secret comes from when its field is left empty. */
export type KnownSecret = 'stored' | 'environment' | null;

export function knownSecret(
  form: AppForm,
  stored: GatewayApp | undefined,
  environmentKey: string | null,
): KnownSecret {
  if (stored) return 'stored';
  return environmentKey !== null && form.appKey === environmentKey ? 'environment' : null;
}

export type ProxyProblem = 'malformed' | 'with_login';

/** What the core would refuse about a proxy: a password in it would stand in the database in the clear. */
export function proxyProblem(proxy: string): ProxyProblem | null {
  const address = proxy.trim();
  if (address === '') return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url?.hostname || !['http:', 'https:', 'socks5:'].includes(url.protocol)) return 'malformed';
  return url.username || url.password ? 'with_login' : null;
}

export const isComplete = (form: AppForm, secret: KnownSecret): boolean =>
  form.appKey !== '' &&
  (form.appSecret !== '' || secret !== null) &&
  (form.gateway !== 'custom' || form.baseUrl.trim() !== '') &&
  proxyProblem(form.proxy) === null;

export const saveArguments = (form: AppForm): SaveGatewayApp => {
  const custom = form.gateway === 'custom';
  return {
    gateway: form.gateway,
    dialect: custom ? form.dialect : null,
    base_url: custom ? form.baseUrl.trim() : null,
    app_key: form.appKey,
    app_secret: form.appSecret || null,
    redirect_uri: form.redirectUri,
    proxy: form.proxy.trim() || null,
  };
};
