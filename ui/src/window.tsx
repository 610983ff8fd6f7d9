//! The window as a whole: cache, subscriptions, pages. The app, its tests and the preview build it alike.

import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RouterHistory, RouterProvider } from '@tanstack/react-router';
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
import { WindowRoot } from './shell/window-root';

/** What the frame is drawn with, asked for all at once. */
function askForFrame(client: QueryClient): void {
  void client.prefetchQuery(shops);
  void client.prefetchQuery(vaultStatus);
  void client.prefetchQuery(syncState);
}

/** The first picture is in the seller's language, and shows what the last one was left with. */
async function takeUp(client: QueryClient): Promise<void> {
  await Promise.all([client.prefetchQuery(appInfo), client.prefetchQuery(settings)]);
  const info = client.getQueryData(appInfo.queryKey);
  if (info) {
    keepPreferencesOf(info.profile);
    await appear(info, client.getQueryData(settings.queryKey)?.settings);
  }
  beginVisit();
}

export async function createWindow(history?: RouterHistory) {
  const client = createClient();
  releaseClosedViews(client);
  // Before the first question is asked, so that no answer goes stale unnoticed.
  await onEvent('store-changed', followChanges(client));
  void followSync(client);
  const router = createAppRouter(history);
  askForFrame(client);
  await Promise.all([takeUp(client), router.load()]);
  const element = (
    <QueryClientProvider client={client}>
      <WindowRoot>
        <RouterProvider router={router} />
      </WindowRoot>
    </QueryClientProvider>
  );
  return { client, router, element };
}
