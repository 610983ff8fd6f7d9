//! The window as a whole: cache, subscriptions, pages. The app, its tests and the preview build it alike.

import { QueryClientProvider } from '@tanstack/react-query';
import { type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { createClient } from './api/client';
import { releaseClosedViews } from './api/list-view';
import { followChanges } from './api/stale';
import { followSync } from './features/sync/follow-sync';
import { onEvent } from './ipc/events';
import { createAppRouter } from './router';
import { WindowRoot } from './shell/window-root';

export async function createWindow(history?: RouterHistory) {
  const client = createClient();
  releaseClosedViews(client);
  // Before the first question is asked, so that no answer goes stale unnoticed.
  await onEvent('store-changed', followChanges(client));
  void followSync(client);
  const router = createAppRouter(history);
  const element = (
    <QueryClientProvider client={client}>
      <WindowRoot>
        <RouterProvider router={router} />
      </WindowRoot>
    </QueryClientProvider>
  );
  return { client, router, element };
}
