import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { createClient } from './api/client';
import { releaseClosedViews } from './api/list-view';
import { dropStale } from './api/tags';
import { followSync } from './features/sync/follow-sync';
import { onEvent } from './ipc/events';
import { createAppRouter } from './router';
import { countCspViolations } from './shell/csp-violations';
import { WindowRoot } from './shell/window-root';
import './i18n';
import './theme.css';

countCspViolations();

const client = createClient();
releaseClosedViews(client);
const router = createAppRouter();

// Before the first question is asked, so that no answer goes stale unnoticed.
await onEvent('store-changed', (change) => dropStale(client, change));
void followSync(client);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <QueryClientProvider client={client}>
    <WindowRoot>
      <RouterProvider router={router} />
    </WindowRoot>
  </QueryClientProvider>,
);
