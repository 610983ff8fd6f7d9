//! Where an app lets the browser come back to.

import type { GatewayApp } from '../../bindings/GatewayApp';
import type { Landing } from '../../bindings/Landing';

export const SCHEME_REDIRECT = 'sellerdesk://oauth/callback';

/** The guide always takes the custom scheme; on the open platform the app needs a registered address. */
export const takesBrowser = (app: GatewayApp): boolean =>
  app.dialect === 'guide' || app.redirect_uri !== null;

export const landingOf = (app: GatewayApp): Landing =>
  app.redirect_uri?.startsWith('http') ? 'loopback' : 'deep_link';

/** The guide's redirect address is free, so the landing can change; an app's registered one cannot. */
export const mayChangeLanding = (app: GatewayApp): boolean => app.dialect === 'guide';

export const loopbackRedirect = (port: string): string => `http://127.0.0.1:${port}/oauth/callback`;

export function portOf(redirectUri: string | null): string {
  return /^http:\/\/127\.0\.0\.1:(\d+)\//.exec(redirectUri ?? '')?.[1] ?? '';
}

/** Ports below are the system's own. */
export const LEAST_PORT = 1024;
export const MOST_PORT = 65_535;

/** Whether the browser can come back there; a loopback address needs its port. */
export function isRedirect(redirectUri: string | null): boolean {
  if (redirectUri === null || redirectUri === SCHEME_REDIRECT) return true;
  const port = Number(portOf(redirectUri));
  return port >= LEAST_PORT && port <= MOST_PORT;
}
