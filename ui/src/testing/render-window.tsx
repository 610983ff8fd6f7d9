//! Renders the whole window against a fake core, at an address.

import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { createClient } from '../api/client';
import { releaseClosedViews } from '../api/list-view';
import { dropStale } from '../api/tags';
import { followSync } from '../features/sync/follow-sync';
import { onEvent } from '../ipc/events';
import { createAppRouter } from '../router';
import { WindowRoot } from '../shell/window-root';

export async function renderWindow(address: string) {
  const client = createClient();
  releaseClosedViews(client);
  await onEvent('store-changed', (change) => dropStale(client, change));
  void followSync(client);
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <QueryClientProvider client={client}>
      <WindowRoot>
        <RouterProvider router={router} />
      </WindowRoot>
    </QueryClientProvider>,
  );
  return { client, router };
}
