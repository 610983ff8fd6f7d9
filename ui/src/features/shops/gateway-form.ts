//! What is entered about a gateway's app, and what is saved of it.

import type { Dialect } from '../../bindings/Dialect';
import type { Gateway } from '../../bindings/Gateway';
import type { GatewayApp } from '../../bindings/GatewayApp';
import type { SaveGatewayApp } from '../../bindings/SaveGatewayApp';
import { isRedirect } from './landing';

export interface AppForm {
  gateway: Gateway;
  dialect: Dialect;
  /** Entered for `custom` only; a preset's own, or the relay that the chosen app was saved with. */
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
  baseUrl: app.base_url,
  appKey: app.app_key,
  appSecret: '',
  redirectUri: app.redirect_uri,
  proxy: app.proxy ?? '',
});

/** The app in the database that the form speaks of: its secret need not be entered again. */
export function storedApp(form: AppForm, apps: readonly GatewayApp[]): GatewayApp | undefined {
  const alike = apps.filter(
    ({ gateway, app_key, dialect }) =>
      gateway === form.gateway && app_key === form.appKey && dialect === form.dialect,
  );
  const exact = alike.find(({ base_url }) => base_url === form.baseUrl);
  return form.gateway === 'custom' ? exact : (exact ?? alike[0]);
}

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

/** The guide always takes the custom scheme. */
export const takesRedirect = ({ gateway, dialect }: AppForm): boolean =>
  gateway !== 'custom' || dialect === 'open-platform';

export const isComplete = (form: AppForm, secret: KnownSecret): boolean =>
  form.appKey !== '' &&
  (form.appSecret !== '' || secret !== null) &&
  (form.gateway !== 'custom' || form.baseUrl.trim() !== '') &&
  (!takesRedirect(form) || isRedirect(form.redirectUri)) &&
  proxyProblem(form.proxy) === null;

/** With another address it would be saved as another app. */
export const saveArguments = (form: AppForm, stored: GatewayApp | undefined): SaveGatewayApp => {
  const custom = form.gateway === 'custom';
  return {
    gateway: form.gateway,
    dialect: custom ? form.dialect : null,
    base_url: custom ? form.baseUrl.trim() : (stored?.base_url ?? null),
    app_key: form.appKey,
    app_secret: form.appSecret || null,
    redirect_uri: form.redirectUri,
    proxy: form.proxy.trim() || null,
  };
};
