//! The window as a whole: cache, subscriptions, pages. The app, its tests and the preview build it alike.

import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createHashHistory, type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { createClient } from './api/client';
import { releaseClosedViews } from './api/list-view';
import { appInfo, settings, shops, syncState, vaultStatus } from './api/queries';
import { followChanges } from './api/stale';
import { followSync } from './features/sync/follow-sync';
import { onEvent } from './ipc/events';
import { beginVisit } from './preferences/last-visit';
import { keepPreferencesOf } from './preferences/preferences';
import { createAppRouter } from './router';
import { appear } from './shell/appear';
import { lastPlace } from './shell/last-place';
import { WindowRoot } from './shell/window-root';

/**
 * The first picture is in the seller's language, whole, and shows what the last one was left with: what that takes is
 * asked for all at once.
 */
async function prepare(client: QueryClient): Promise<void> {
  void client.prefetchQuery(vaultStatus);
  void client.prefetchQuery(syncState);
  await Promise.all([
    client.prefetchQuery(appInfo),
    client.prefetchQuery(settings),
    client.prefetchQuery(shops),
  ]);
  const info = client.getQueryData(appInfo.queryKey);
  if (info) {
    keepPreferencesOf(info.profile);
    await appear(info, client.getQueryData(settings.queryKey)?.settings);
  }
  beginVisit();
}

export async function createWindow(history: RouterHistory = createHashHistory()) {
  const client = createClient();
  releaseClosedViews(client);
  // Before the first question is asked, so that no answer goes stale unnoticed.
  await onEvent('store-changed', followChanges(client));
  void followSync(client);
  await prepare(client);
  const router = createAppRouter(history);
  const place = lastPlace();
  // An address of its own, as a link gives, comes first.
  if (place && history.location.href === '/') history.replace(router.buildLocation(place).href);
  await router.load();
  const element = (
    <QueryClientProvider client={client}>
      <WindowRoot>
        <RouterProvider router={router} />
      </WindowRoot>
    </QueryClientProvider>
  );
  return { client, router, element };
}
