//! The window as a whole: cache, subscriptions, pages. The app, its tests and the preview build it alike.

import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { createClient } from './api/client';
import { releaseClosedViews } from './api/list-view';
import { appInfo, settings, shops, syncState, vaultStatus } from './api/queries';
import { followChanges } from './api/stale';
import { followSync } from './features/sync/follow-sync';
import { onEvent } from './ipc/events';
import { createAppRouter } from './router';
import { WindowRoot } from './shell/window-root';

/** What the frame is drawn with, all of it at once. */
function askForFrame(client: QueryClient): void {
  void client.prefetchQuery(appInfo);
  void client.prefetchQuery(settings);
  void client.prefetchQuery(shops);
  void client.prefetchQuery(vaultStatus);
  void client.prefetchQuery(syncState);
}

export async function createWindow(history?: RouterHistory) {
  const client = createClient();
  releaseClosedViews(client);
  // Before the first question is asked, so that no answer goes stale unnoticed.
  await onEvent('store-changed', followChanges(client));
  void followSync(client);
  askForFrame(client);
  const router = createAppRouter(history);
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
